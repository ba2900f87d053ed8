/** `*`, or what one character must be. */
type Piece = '*' | ((character: string) => boolean);

/**
 * A shell pattern (fnmatch: `*`, `?`, `[abc]`, `[!a]`, `\` before a character), any case unless it is told to count. No regular expression: one
 * with several `.*` would take very long over a name that almost fits; here the work is at most the length of the
 * pattern times that of the text.
 */
export function globPattern(glob: string, ignoreCase = true): (text: string) => boolean {
  if (!ignoreCase) {
    const exact = readPieces(glob);
    return (text) => fits(exact, text);
  }
  const pieces = readPieces(glob.toLowerCase());
  return (text) => fits(pieces, text.toLowerCase());
}

function readPieces(glob: string): readonly Piece[] {
  const pieces: Piece[] = [];
  const lastClose = glob.lastIndexOf(']');
  for (let at = 0; at < glob.length; at++) {
    const character = glob.charAt(at);
    const set = character === '[' && at < lastClose ? /^\[([!^]?)(\]?[^\]]*)\]/.exec(glob.slice(at)) : null;
    if (set) {
      pieces.push(oneOf(set[2] ?? '', set[1] !== ''));
      at += set[0].length - 1;
    } else if (character === '*') pieces.push('*');
    else if (character === '?') pieces.push(() => true);
    else {
      if (character === '\\' && at + 1 < glob.length) at++;
      const wanted = glob.charAt(at);
      pieces.push((given) => given === wanted);
    }
  }
  return pieces;
}

/** The inside of square brackets: characters and ranges of them. */
function oneOf(members: string, negated: boolean): (character: string) => boolean {
  const set = new RegExp(`^[${negated ? '^' : ''}${members.replace(/[\\\]^]/g, '\\$&')}]$`, 's');
  return (character) => set.test(character);
}

/** Where a piece does not fit, the last star takes one character more; those before it need not be tried again. */
function fits(pieces: readonly Piece[], text: string): boolean {
  let at = 0;
  let piece = 0;
  let star = -1;
  let starAt = 0;
  while (at < text.length) {
    const wanted = pieces[piece];
    if (wanted === '*') {
      star = piece++;
      starAt = at;
    } else if (wanted?.(text.charAt(at))) {
      piece++;
      at++;
    } else if (star >= 0) {
      piece = star + 1;
      at = ++starAt;
    } else return false;
  }
  while (pieces[piece] === '*') piece++;
  return piece === pieces.length;
}
