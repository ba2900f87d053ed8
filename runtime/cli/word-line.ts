import { readVersion, versions } from '../../grammar/index.ts';
import { getopt, optionTable } from './getopt.ts';
import { type OptionProblem, tokenProblem } from './token-problem.ts';
import { type WordCommand, type WordCommandName, wordCommands } from './word-commands.ts';

/** A `tsips doc`, `tsips schema` … that was understood. */
export interface WordLine {
  readonly command: WordCommandName;
  /** The words behind it. */
  readonly words: readonly string[];
  /** --opensips: a known version, `3.6`. */
  readonly version: string | undefined;
  readonly format: string | undefined;
  /** --for tsips: what this host would not do is told too. */
  readonly forTsips: boolean;
  /** The options without a value that were given. */
  readonly flags: ReadonlySet<string>;
}

type ParsedWords =
  | { readonly kind: 'words'; readonly line: WordLine }
  | { readonly kind: 'help'; readonly command: WordCommandName }
  | { readonly kind: 'wrong'; readonly problems: readonly OptionProblem[] };

/** Reads the arguments behind such a word. */
export function parseWords(command: WordCommandName, argv: readonly string[]): ParsedWords {
  const facts: WordCommand = wordCommands[command];
  const words: string[] = [];
  const flags = new Set<string>();
  const values = new Map<string, string>();
  for (const token of getopt(argv, optionTable(facts.options))) {
    if (token.kind === 'operand') words.push(token.text);
    else if (token.kind === 'letter') flags.add(token.letter);
    else if (token.kind !== 'word') return { kind: 'wrong', problems: [tokenProblem(token)] };
    else if (token.value === undefined) flags.add(token.name);
    else values.set(token.name, token.value);
  }
  if (flags.has('h') || flags.has('help')) return { kind: 'help', command };
  if (facts.needs && words.length < facts.needs.words) return wrong(facts.needs.or);
  const given = values.get('opensips');
  const version = given === undefined ? undefined : readVersion(given);
  if (given !== undefined && version === undefined) {
    return wrong(`bad OpenSIPS version: --opensips ${given} (one of ${versions.join(', ')})`);
  }
  const format = values.get('format');
  if (format !== undefined && !facts.formats.includes(format)) {
    return wrong(`bad format: --format ${format} (one of ${facts.formats.join(', ')})`);
  }
  const host = values.get('for');
  if (host !== undefined && host !== 'tsips') return wrong(`bad host: --for ${host} (there is: tsips)`);
  const forTsips = host !== undefined;
  return { kind: 'words', line: { command, words, version, format, forTsips, flags } };
}

function wrong(message: string): ParsedWords {
  return { kind: 'wrong', problems: [{ caller: 'main', message }] };
}
