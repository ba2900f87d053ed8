/** `$C(xy)`: foreground x, background y; s black, r, g, y, b, p, c, w, and x for the terminal's own. */
const order = 'srgybpcw';

/**
 * The escape sequence for two letters; a capital first letter is bold, `_` leaves the weight alone
 * (C: pv_get_color). Undefined for what is not such a pair.
 */
export function colour(code: string): string | undefined {
  const [front = '', back = ''] = code;
  const foreground = colourNumber(front.toLowerCase(), 30);
  const background = colourNumber(back, 40);
  if (foreground === undefined || background === undefined) return undefined;
  const weight = /[A-Z]/.test(front) ? '1;' : '0;';
  return `\x1b[${weight}${foreground};${background}m`;
}

function colourNumber(letter: string, base: number): number | undefined {
  if (letter === 'x') return base + 9;
  const at = letter.length === 1 ? order.indexOf(letter) : -1;
  return at < 0 ? undefined : base + at;
}
