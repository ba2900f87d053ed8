import type { Logger } from '../../runtime/module-exports.ts';
import type { MatchMode } from './location.ts';
import { namedFlags } from './named-flags.ts';

/** `off`: stored, and not told in the answer. Undefined: the Path is not looked at. */
export type PathMode = 'off' | 'lazy' | 'strict';

/** How one save() works. */
export interface SaveFlags {
  readonly memoryOnly: boolean;
  readonly noReply: boolean;
  /** The socket stands in the header of sock_hdr_name. */
  readonly socketHeader: boolean;
  readonly path: PathMode | undefined;
  readonly pathReceived: boolean;
  /** A contact too many takes the place of an old one. */
  readonly force: boolean;
  /** The answer has the contacts of the request alone. */
  readonly onlyRequested: boolean;
  /** 0: any number. */
  readonly maxContacts: number;
  /** Seconds; 0: any. */
  readonly minExpires: number;
  readonly maxExpires: number;
  /** Undefined: as usrloc says. */
  readonly matching: MatchMode | undefined;
}

/** What the parameters of the module say. */
export type SaveLimits = Pick<SaveFlags, 'maxContacts' | 'minExpires' | 'maxExpires'>;

export function plainSave(limits: SaveLimits): SaveFlags {
  return {
    memoryOnly: false,
    noReply: false,
    socketHeader: false,
    path: undefined,
    pathReceived: false,
    force: false,
    onlyRequested: false,
    matching: undefined,
    ...limits,
  };
}

/** Whether flags are letters alone: also a file that does not tell its version may be of 2.x to 3.3. */
export function areSaveLetters(text: string): boolean {
  return /^(?:[mrsvfo]|p[012]|[ceE]\d*)*$/.test(text);
}

/** The letters of 2.x to 3.3; a letter that is none is told in the log. */
export function saveFlagsOfLetters(text: string, limits: SaveLimits, log: Logger): SaveFlags {
  const numberOf = (letter: string) => {
    const found = new RegExp(`${letter}(\\d*)`).exec(text);
    return found ? Number(found[1] || '0') : undefined;
  };
  for (const [letter] of text.replace(/p[012]|[ceE]\d*/g, '').matchAll(/[^mrsvfo]/g)) {
    log.warning('save_aux', `unsupported flag ${letter} `);
  }
  const has = (letter: string) => text.includes(letter);
  return {
    memoryOnly: has('m'),
    noReply: has('r'),
    socketHeader: has('s'),
    path: has('p2') ? 'strict' : has('p1') ? 'lazy' : has('p0') ? 'off' : undefined,
    pathReceived: has('v'),
    force: has('f'),
    onlyRequested: has('o'),
    maxContacts: numberOf('c') ?? limits.maxContacts,
    minExpires: numberOf('e') ?? limits.minExpires,
    maxExpires: numberOf('E') ?? limits.maxExpires,
    matching: undefined,
  };
}

const words = [
  'memory-only',
  'no-reply',
  'socket-header',
  'path-strict',
  'path-lazy',
  'path-off',
  'path-received',
  'force-registration',
  'only-request-contacts',
] as const;
const keys = ['max-contacts', 'min-expires', 'max-expires', 'matching-mode'] as const;

/** The words of 3.4 on. Errors: an unknown one, or a value that does not fit. */
export function saveFlagsOfWords(text: string, limits: SaveLimits): SaveFlags {
  const { set, values } = namedFlags(text, words, keys);
  return {
    memoryOnly: set.has('memory-only'),
    noReply: set.has('no-reply'),
    socketHeader: set.has('socket-header'),
    path: pathMode(set),
    pathReceived: set.has('path-received'),
    force: set.has('force-registration'),
    onlyRequested: set.has('only-request-contacts'),
    maxContacts: integer(values, 'max-contacts') ?? limits.maxContacts,
    minExpires: integer(values, 'min-expires') ?? limits.minExpires,
    maxExpires: integer(values, 'max-expires') ?? limits.maxExpires,
    matching: matchMode(values.get('matching-mode')),
  };
}

function pathMode(set: ReadonlySet<string>): PathMode | undefined {
  if (set.has('path-off')) return 'off';
  if (set.has('path-strict')) return 'strict';
  return set.has('path-lazy') ? 'lazy' : undefined;
}

function integer(values: ReadonlyMap<string, string>, name: string): number | undefined {
  const value = values.get(name);
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value)) return Number(value);
  throw new TypeError(`${name} [${value}] value is not an integer`);
}

/** `0`, `1`, or `<parameter>`. */
function matchMode(value: string | undefined): MatchMode | undefined {
  if (value === undefined) return undefined;
  if (value.startsWith('0')) return 'contact';
  if (value.startsWith('1')) return 'contact-and-call';
  const [, name] = /^<([^>]+)>/.exec(value) ?? [];
  if (name === undefined) throw new TypeError(`invalid value for 'matching-mode': ${value}`);
  return [name.toLowerCase()];
}
