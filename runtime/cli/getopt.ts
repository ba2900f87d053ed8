/** What one argument of the command line turned out to be. */
export type Token =
  | { readonly kind: 'letter'; readonly letter: string; readonly value: string | undefined }
  | { readonly kind: 'word'; readonly name: string; readonly value: string | undefined }
  | { readonly kind: 'operand'; readonly text: string }
  /** A letter that is not in the table, or one whose value is missing: getopt answers `?` to both. */
  | { readonly kind: 'unknown letter'; readonly letter: string }
  | { readonly kind: 'unknown word'; readonly name: string }
  | { readonly kind: 'missing value'; readonly name: string }
  | { readonly kind: 'needless value'; readonly name: string };

/** What getopt must know of an option: whether it takes a value. */
interface Getopt {
  readonly letters: ReadonlyMap<string, boolean>;
  readonly words: ReadonlyMap<string, boolean>;
}

/** The table of options that are one letter or a word long and take a value where they have a name for it. */
export function optionTable(options: readonly { readonly name: string; readonly value?: string }[]): Getopt {
  const entries = options.map(({ name, value }) => [name, value !== undefined] as const);
  return {
    letters: new Map(entries.filter(([name]) => name.length === 1)),
    words: new Map(entries.filter(([name]) => name.length > 1)),
  };
}

/**
 * POSIX getopt with GNU's order: letters may stand together (`-FE`), a value may be attached (`-fX`), options may
 * follow operands, `--` ends them, `-` alone is an operand. Words are `--name value` or `--name=value`.
 */
export function getopt(argv: readonly string[], table: Getopt): Token[] {
  const tokens: Token[] = [];
  const rest = [...argv];
  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    if (argument === '--') {
      tokens.push(...rest.map((text) => ({ kind: 'operand', text }) as const));
      break;
    }
    if (argument.startsWith('--')) tokens.push(readWord(argument.slice(2), rest, table.words));
    else if (argument.startsWith('-') && argument.length > 1) {
      tokens.push(...readLetters(argument.slice(1), rest, table.letters));
    } else tokens.push({ kind: 'operand', text: argument });
  }
  return tokens;
}

function readWord(argument: string, rest: string[], words: Getopt['words']): Token {
  const [, name = '', attached] = /^([^=]*)(?:=([\s\S]*))?$/.exec(argument) ?? [];
  const takesValue = words.get(name);
  if (takesValue === undefined) return { kind: 'unknown word', name };
  if (!takesValue) {
    if (attached !== undefined) return { kind: 'needless value', name };
    return { kind: 'word', name, value: undefined };
  }
  const value = attached ?? rest.shift();
  return value === undefined ? { kind: 'missing value', name } : { kind: 'word', name, value };
}

function readLetters(cluster: string, rest: string[], letters: Getopt['letters']): Token[] {
  const tokens: Token[] = [];
  for (let index = 0; index < cluster.length; index++) {
    const letter = cluster.charAt(index);
    const takesValue = letters.get(letter);
    if (takesValue === false) {
      tokens.push({ kind: 'letter', letter, value: undefined });
      continue;
    }
    if (takesValue === undefined) {
      tokens.push({ kind: 'unknown letter', letter });
      continue;
    }
    const value = cluster.slice(index + 1) || rest.shift();
    tokens.push(value === undefined ? { kind: 'unknown letter', letter } : { kind: 'letter', letter, value });
    break;
  }
  return tokens;
}
