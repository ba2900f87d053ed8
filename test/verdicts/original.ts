/** What is compared: the grammar, and names that a version does not have. */
export type Kind = 'syntax' | 'global' | 'module' | 'parameter' | 'function';

export const kinds: readonly Kind[] = ['syntax', 'global', 'module', 'parameter', 'function'];

/** The versions that were asked. */
export const askedVersions: readonly string[] = ['2.2', '2.4', '3.1', '3.4', '3.6', '4.0'];

/** A row of verdicts.json. */
export interface VerdictRow {
  readonly file: string;
  readonly opensips: Readonly<Record<string, TwoVerdicts>>;
}

interface TwoVerdicts extends Verdict {
  /** The verdict after the lines of globals that the version rejects were blanked. */
  readonly without_rejected_globals: Verdict;
}

/** What `opensips -C` printed, sorted: how many messages of each code, and the first one. */
export interface Verdict {
  /** `ok`, or what it was refused for. */
  readonly verdict: string;
  readonly codes: Readonly<Record<string, number>>;
  readonly first: FirstMessage | null;
}

interface FirstMessage {
  readonly code: string;
  readonly msg: string;
  readonly line?: number;
}

/** What a verdict says, by kind. */
export interface Original {
  /** It would not start with the file. */
  readonly refused: boolean;
  /** All that it said is that a module refused values; what forms of values each module takes is not compared. */
  readonly forValuesAlone: boolean;
  /** The kinds of which it printed a message. */
  readonly told: ReadonlySet<Kind>;
  /** How many places it told of, by kind. */
  readonly numbers: Readonly<Record<Kind, number>>;
  /** It printed `syntax error`, and an unknown socket keyword is what it may have meant. */
  readonly perhapsGlobal: boolean;
  /** Its first message of all, where it is of a kind and tells its place: a line, or a name. */
  readonly first?: Place;
  /** It may have said more than is known of it. */
  readonly cut: boolean;
}

interface Place {
  readonly kind: Kind;
  readonly place: string;
}

/** A verdict holds so many messages; of the further ones nothing is known. */
const keptMessages = 60;

/**
 * Reads a verdict.
 *
 * @param socketLine The first line of a socket whose keyword the version does not know. The original has the same words
 *   for it as for bad grammar, and so has the verdict.
 */
export function readVerdict({ verdict, codes, first }: Verdict, socketLine?: number): Original {
  const messages = Object.values(codes).reduce((sum, number) => sum + number, 0);
  const numbers = countKinds(codes);
  const told = new Set(kinds.filter((kind) => numbers[kind] > 0));
  const place = first ? placeOf(first) : undefined;
  const common = {
    refused: verdict !== 'ok',
    forValuesAlone: messages > 0 && messages === 2 * (codes.module_param_value ?? 0),
    numbers,
    cut: messages >= keptMessages,
  };
  if (place?.kind === 'syntax' && place.place === `line ${socketLine}`) {
    told.delete('syntax');
    told.add('global');
    return { ...common, told, perhapsGlobal: false, first: { ...place, kind: 'global' } };
  }
  const perhapsGlobal = socketLine !== undefined && told.has('syntax') && place?.kind !== 'syntax';
  return { ...common, told, perhapsGlobal, ...(place && { first: place }) };
}

function countKinds(codes: Verdict['codes']): Readonly<Record<Kind, number>> {
  const count = (code: string) => codes[code] ?? 0;
  // A parameter that cannot be set gives two messages; the second is the same whatever was wrong with it.
  const refused = count('param_module_absent') + count('param_type') + count('module_param_value');
  const parameter = (count('unknown_param') - refused) / 2;
  const module = count('unknown_module') / 2;
  if (!Number.isInteger(parameter) || !Number.isInteger(module) || parameter < 0) {
    throw new Error(`messages that come in pairs do not: ${JSON.stringify(codes)}`);
  }
  return {
    syntax: count('syntax'),
    global: count('unknown_global'),
    module,
    parameter,
    function: count('unknown_function'),
  };
}

const kindOfCode: Readonly<Record<string, Kind>> = {
  syntax: 'syntax',
  unknown_global: 'global',
  unknown_module: 'module',
  unknown_param: 'parameter',
  unknown_function: 'function',
};

/** Messages of the log have no line but a name. */
function placeOf({ code, msg, line }: FirstMessage): Place | undefined {
  const kind = kindOfCode[code];
  if (kind === undefined) return undefined;
  if (line !== undefined) return { kind, place: `line ${line}` };
  const [, module] = /module '(\S+?)(?:\.so)?'/.exec(msg) ?? [];
  if (kind === 'module' && module !== undefined) return { kind, place: module };
  const [, param, owner] = /parameter <(.*)> not found in module <(.*)>/.exec(msg) ?? [];
  return kind === 'parameter' && param !== undefined ? { kind, place: `${param} of ${owner}` } : undefined;
}
