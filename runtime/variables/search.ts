/** Searching for texts that a message may have brought: the work grows with the length of the texts, not their product. */

/** A shorter text is found quickly enough in any other by what the engine does. */
const longNeedle = 256;

/** As `indexOf`. */
export function findText(text: string, needle: string, from = 0): number {
  return needle.length < longNeedle ? text.indexOf(needle, from) : search(text, needle, Math.max(0, from));
}

/** As `lastIndexOf`. */
export function findLast(text: string, needle: string, from = text.length): number {
  if (needle.length < longNeedle) return text.lastIndexOf(needle, from);
  const backwards = search(reversed(text), reversed(needle), Math.max(0, text.length - needle.length - from));
  return backwards < 0 ? -1 : text.length - needle.length - backwards;
}

function reversed(text: string): string {
  return [...text].reverse().join('');
}

/** Knuth, Morris and Pratt: no character of the text is looked at again. */
function search(text: string, needle: string, from: number): number {
  const borders = bordersOf(needle);
  let matched = 0;
  for (let at = from; at < text.length; at++) {
    while (matched > 0 && text.charCodeAt(at) !== needle.charCodeAt(matched)) {
      matched = borders[matched - 1] ?? 0;
    }
    if (text.charCodeAt(at) === needle.charCodeAt(matched)) matched++;
    if (matched === needle.length) return at - matched + 1;
  }
  return -1;
}

/** For each place of the text the length of the longest beginning that also ends there, the whole left out. */
function bordersOf(text: string): Uint32Array {
  const borders = new Uint32Array(text.length);
  let length = 0;
  for (let at = 1; at < text.length; at++) {
    while (length > 0 && text.charCodeAt(at) !== text.charCodeAt(length)) length = borders[length - 1] ?? 0;
    if (text.charCodeAt(at) === text.charCodeAt(length)) length++;
    borders[at] = length;
  }
  return borders;
}
