/** Whether a text is among those allowed. */
export type AllowList = (text: string) => boolean;

/**
 * Texts that are allowed, separated by commas or blanks; `*` stands for any characters. An empty list allows all.
 * `anyCase`: letters count in either case.
 */
export function allowList(entries: readonly string[], { anyCase = false } = {}): AllowList {
  const patterns = entries
    .flatMap((entry) => entry.split(/[\s,]+/))
    .filter((entry) => entry !== '')
    .map((entry) => (anyCase ? entry.toLowerCase() : entry).split('*'));
  if (patterns.length === 0) return () => true;
  return (text) => {
    const asked = anyCase ? text.toLowerCase() : text;
    return patterns.some((pieces) => fits(asked, pieces));
  };
}

/** `pieces` is what stands between the wildcards. No pattern of RegExp, whose time an outsider could make long. */
function fits(text: string, pieces: readonly string[]): boolean {
  const [first = '', ...others] = pieces;
  const last = others.pop();
  if (last === undefined) return text === first;
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last))
    return false;
  const end = text.length - last.length;
  let at = first.length;
  for (const piece of others) {
    const found = text.indexOf(piece, at);
    if (found < 0 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return true;
}
