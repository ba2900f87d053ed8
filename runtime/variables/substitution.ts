/** `/match/replacement/flags` as OpenSIPS reads it (re.c): sed's form with any separator and the flags i, s, g. */

import type { Match, RegularExpression, Replacement } from '../module-exports.ts';
import { compilePattern } from './pattern.ts';

/** A piece of a replacement: a text, the number of a group, the Request-URI, or a text with variables. */
export type ReplacementPiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'group'; readonly group: number }
  | { readonly kind: 'uri' };

export interface SubstitutionParts {
  readonly pattern: RegularExpression;
  readonly pieces: readonly ReplacementPiece[];
  readonly everywhere: boolean;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** A separator behind a backslash keeps it: the pattern then means the character itself. */
export function readSubstitution(text: string): SubstitutionParts {
  const separator = text[0] ?? '';
  if (text.length < 3) throw new Error(`expression is too short: ${text}`);
  if (separator === '\\') throw new Error(`invalid separator char <\\> in ${text}`);
  const middle = unescapedAt(text, separator, 1);
  const end = middle < 0 ? -1 : unescapedAt(text, separator, middle + 1);
  if (end < 0) throw new Error(`missing separator: ${text}`);
  const flags = text.slice(end + 1);
  const unknown = /[^isg]/.exec(flags);
  if (unknown) throw new Error(`unknown flag ${unknown[0]} in ${text}`);
  const pattern = compilePattern(text.slice(1, middle), {
    ignoreCase: flags.includes('i'),
    byLine: !flags.includes('s'),
    places: true,
  });
  return { pattern, pieces: piecesOf(text.slice(middle + 1, end)), everywhere: flags.includes('g') };
}

function unescapedAt(text: string, separator: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === separator && text[at - 1] !== '\\') return at;
  }
  return -1;
}

/** `\1` … `\9` are the groups, `\0` the whole match, `\u` the Request-URI. */
function piecesOf(replacement: string): ReplacementPiece[] {
  const pieces: ReplacementPiece[] = [];
  for (const [piece] of replacement.matchAll(/\\[\s\S]|[^\\]+|\\$/g)) {
    const mark = piece[1] ?? '';
    if (piece[0] !== '\\' || piece.length === 1) pieces.push({ kind: 'text', text: piece });
    else if (mark >= '0' && mark <= '9') pieces.push({ kind: 'group', group: Number(mark) });
    else if (mark === 'u') pieces.push({ kind: 'uri' });
    else pieces.push({ kind: 'text', text: mark === '$' ? '$$' : (escapes[mark] ?? mark) });
  }
  return pieces;
}

/** What is put where; undefined where the pattern matches the empty text, which OpenSIPS refuses. */
export function replacementsIn(
  { pattern, everywhere }: Pick<SubstitutionParts, 'pattern' | 'everywhere'>,
  text: string,
  fill: (match: Match) => string,
): readonly Replacement[] | undefined {
  const made: Replacement[] = [];
  for (let found = pattern.find(text, 0); found; found = pattern.find(text, found.end)) {
    const { start, end } = found;
    if (start === end) return undefined;
    made.push({ start, end, text: fill(found) });
    if (!everywhere) break;
  }
  return made;
}

export function applyReplacements(text: string, made: readonly Replacement[]): string {
  let answer = '';
  let at = 0;
  for (const { start, end, text: replacement } of made) {
    answer += text.slice(at, start) + replacement;
    at = end;
  }
  return answer + text.slice(at);
}
