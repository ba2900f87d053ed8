/** What is wrong with the brackets of a POSIX extended regular expression; undefined where they pair. */
export function bracketFaultOf(pattern: string): string | undefined {
  let open = 0;
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern.charAt(at);
    if (character === '\\') at += 1;
    else if (character === '(') open += 1;
    else if (character === ')') {
      open -= 1;
      if (open < 0) return 'a `)` of the regular expression closes nothing';
    } else if (character === '[') {
      const end = endOfSet(pattern, at);
      if (end < 0) return 'a `[` of the regular expression is not closed';
      at = end;
    }
  }
  return open > 0 ? 'a `(` of the regular expression is not closed' : undefined;
}

/** The offset of the `]` of a set: a `]` right at its start belongs to it, and so do classes such as `[:digit:]`. */
function endOfSet(pattern: string, start: number): number {
  let at = start + 1;
  if (pattern.charAt(at) === '^') at += 1;
  if (pattern.charAt(at) === ']') at += 1;
  for (; at < pattern.length; at += 1) {
    if (pattern.charAt(at) === ']') return at;
    const kind = pattern.charAt(at) === '[' ? pattern.charAt(at + 1) : '';
    if (kind === '' || !':.='.includes(kind)) continue;
    const close = pattern.indexOf(`${kind}]`, at + 2);
    if (close >= 0) at = close + 1;
  }
  return -1;
}
