import { readVersion, versions } from '../../grammar/index.ts';
import { getopt, optionTable } from './getopt.ts';
import { migrateOptions } from './option-table.ts';
import { type OptionProblem, tokenProblem } from './token-problem.ts';

/** A `tsips migrate` that was understood. */
export interface MigrateLine {
  /** `-`: standard input. */
  readonly file: string;
  /** Absent: guessed from the file. */
  readonly from: string | undefined;
  readonly to: string;
  /** What becomes of the new text. */
  readonly way: 'print' | 'diff' | 'write' | { readonly directory: string };
}

type ParsedMigrate =
  | { readonly kind: 'migrate'; readonly line: MigrateLine }
  | { readonly kind: 'help'; readonly command: 'migrate' }
  | { readonly kind: 'wrong'; readonly problems: readonly OptionProblem[] };

/** Reads the arguments behind the word `migrate`. */
export function parseMigrate(argv: readonly string[]): ParsedMigrate {
  const given = new Map<string, string>();
  const files: string[] = [];
  for (const token of getopt(argv, optionTable(migrateOptions))) {
    if (token.kind === 'operand') files.push(token.text);
    else if (token.kind === 'letter') given.set(token.letter, token.value ?? '');
    else if (token.kind === 'word') given.set(token.name, token.value ?? '');
    else return { kind: 'wrong', problems: [tokenProblem(token)] };
  }
  if (given.has('h') || given.has('help')) return { kind: 'help', command: 'migrate' };
  const [file, ...others] = files;
  if (file === undefined || others.length > 0) {
    return wrong('give one config: tsips migrate FILE --to VERSION');
  }
  return readLine(file, given);
}

function readLine(file: string, given: ReadonlyMap<string, string>): ParsedMigrate {
  for (const name of ['to', 'from']) {
    const text = given.get(name);
    if (text !== undefined && readVersion(text) === undefined) {
      return wrong(`bad OpenSIPS version: --${name} ${text} (one of ${versions.join(', ')})`);
    }
  }
  const to = readVersion(given.get('to') ?? '');
  if (to === undefined) return wrong('give the version that it shall be for: --to VERSION');
  const directory = given.get('o');
  const ways = [
    ...(given.has('diff') ? (['diff'] as const) : []),
    ...(given.has('write') ? (['write'] as const) : []),
    ...(directory === undefined ? [] : [{ directory }]),
  ];
  const [way = 'print', ...more] = ways;
  if (more.length > 0) return wrong('--diff, --write and -o exclude each other: give one of them');
  if (file === '-' && way === 'write') return wrong('standard input cannot be written to: leave out --write');
  return { kind: 'migrate', line: { file, from: readVersion(given.get('from') ?? ''), to, way } };
}

function wrong(message: string): ParsedMigrate {
  return { kind: 'wrong', problems: [{ caller: 'main', message: `migrate: ${message}` }] };
}
