import type { ScriptValue } from '../../module-exports.ts';
import type { TransformationEntry } from '../entries.ts';
import { compilePattern, type Match, type Pattern } from '../pattern.ts';

/** `/match/replacement/flags` taken apart; any character may stand for the slash. */
interface Substitution {
  readonly pattern: Pattern;
  readonly replacement: string;
  readonly everywhere: boolean;
}

/** Errors: a form that is none, flags other than i, s, g, or a pattern that cannot be used. */
function readSubstitution(text: string): Substitution {
  const written = text.trim();
  const delimiter = written[0] ?? '';
  const pieces = splitAt(written.slice(1), delimiter);
  const [match = '', replacement = '', flags = ''] = pieces;
  if (delimiter === '' || pieces.length !== 3 || !/^[isg]*$/.test(flags)) {
    throw new Error(`bad substitution "${text}"`);
  }
  const pattern = compilePattern(match, {
    ignoreCase: flags.includes('i'),
    byLine: !flags.includes('s'),
    places: true,
  });
  return { pattern, replacement, everywhere: flags.includes('g') };
}

/** A delimiter behind a backslash is an ordinary character. */
function splitAt(text: string, delimiter: string): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    const next = text[at + 1] ?? '';
    if (character === '\\' && next === delimiter) {
      piece += delimiter;
      at++;
    } else if (character === '\\') {
      piece += character + next;
      at++;
    } else if (character === delimiter) {
      pieces.push(piece);
      piece = '';
    } else piece += character;
  }
  return [...pieces, piece];
}

function substitute({ pattern, replacement, everywhere }: Substitution, text: string): string {
  let answer = '';
  let from = 0;
  let copied = 0;
  while (from <= text.length) {
    const found = pattern.find(text, from);
    if (!found) break;
    answer += text.slice(copied, found.start) + fillIn(replacement, found);
    copied = found.end;
    from = found.end > found.start ? found.end : found.end + 1;
    if (!everywhere) break;
  }
  return answer + text.slice(copied);
}

/** `\1` … `\9` are the groups, `\0` the whole match. */
function fillIn(replacement: string, { groups }: Match): string {
  return replacement.replace(/\\([0-9nrt\\])/g, (whole, mark: string) => {
    const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '\\': '\\' };
    return /\d/.test(mark) ? (groups[Number(mark)] ?? '') : (escapes[mark] ?? whole);
  });
}

function change(substitution: Substitution, value: ScriptValue): ScriptValue {
  return value === null ? null : substitute(substitution, String(value));
}

/** Commas belong to the expression. */
const joined = (args: readonly ScriptValue[]) => args.map((part) => part ?? '').join(',');

export const regularExpressionTransformations: Readonly<Record<string, TransformationEntry>> = {
  're.subst': {
    facts: { args: ['string'], description: 'replaces what a regular expression matches' },
    prepare(args) {
      const substitution = readSubstitution(joined(args));
      return (value) => change(substitution, value);
    },
    apply(value, args) {
      try {
        return change(readSubstitution(joined(args)), value);
      } catch {
        return null;
      }
    },
  },
};
