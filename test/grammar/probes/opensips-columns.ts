import { lex } from '../../../grammar/parse/lexer.ts';
import { StringToken, VariableToken } from '../../../grammar/parse/tokens.ts';

/**
 * The column that OpenSIPS prints for the token at an offset. Its lexer counts no characters inside strings but the
 * escapes, none that it skips, and counts twice what ends a variable; a string starts at its closing quote. So its
 * columns are behind or ahead of the real ones on lines with these. Source: cfg.lex, count.
 */
export function openSipsColumn(text: string, offset: number): number {
  const tokens = lex(text).tokens;
  let column = 1;
  let done = 0;
  const count = (from: number, to: number) => {
    for (let at = from; at < to; at += 1) column = text.charAt(at) === '\n' ? 1 : column + 1;
  };
  for (const token of tokens) {
    const next = Math.max(done, Math.min(token.startOffset, offset));
    countBetween(text.slice(done, next), (written) => {
      column = written.endsWith('\n') ? 1 : column + written.length;
    });
    if (token.startOffset > offset) return column;
    const end = token.endOffset + 1;
    const start = column;
    if (token.tokenType === StringToken && /^["']/.test(token.image)) {
      column += 1;
      for (const part of token.image
        .slice(1, -1)
        .match(/\\(?:x[0-9a-fA-F]{1,2}|[0-7]{2,3}|[nrat"\\])|\\?\n/g) ?? []) {
        column = part.endsWith('\n') ? 1 : column + part.length;
      }
      if (token.startOffset === offset) return column;
      column += 1;
    } else if (token.tokenType === VariableToken) {
      const terminator = /\)$/.test(token.image)
        ? ''
        : (/^(?:[=!<>:+\-*/%&|^]=|=~|!~|&&|\|\||<<|>>|.|\n)/.exec(text.slice(end))?.[0] ?? '');
      if (token.startOffset === offset) return terminator === '\n' ? 1 : start;
      count(token.startOffset, end);
      column += terminator.length;
    } else {
      if (token.startOffset === offset) return start;
      count(token.startOffset, end);
    }
    done = end;
  }
  return column;
}

/** Blanks and comments are counted, skipped characters are not. */
function countBetween(text: string, count: (written: string) => void): void {
  for (const [written] of text.matchAll(/\/\*[\s\S]*?\*\/|#[^\n]*\n|[ \t\b\r\n]/g)) count(written);
}
