import type { Token } from './getopt.ts';

/** What is wrong with a command line, as the original logs it. */
export interface OptionProblem {
  /** The function of the original that says it. */
  readonly caller: string;
  readonly message: string;
}

/** An argument that getopt did not understand. */
type BadToken = Exclude<Token, { readonly kind: 'letter' | 'word' | 'operand' }>;

/** What is wrong with an argument, in the words of the original. */
export function tokenProblem(token: BadToken): OptionProblem {
  return { caller: 'main', message: messageOf(token) };
}

function messageOf(token: BadToken): string {
  switch (token.kind) {
    case 'unknown letter':
      return unknownLetter(token.letter);
    case 'unknown word':
      return `Unknown option \`--${token.name}\`.`;
    case 'missing value':
      return `Option \`--${token.name}\` requires an argument.`;
    case 'needless value':
      return `Option \`--${token.name}\` takes no argument.`;
  }
}

/** `main.c`: isprint() or not; a byte above 127 is a negative char there. */
function unknownLetter(letter: string): string {
  const byte = Buffer.from(letter, 'utf8')[0] ?? 0;
  if (byte >= 0x20 && byte < 0x7f) return `Unknown option \`-${letter}\`.`;
  const hex = (byte > 0x7f ? byte + 0xffffff00 : byte).toString(16);
  return `Unknown option character \`\\x${hex}\`.`;
}
