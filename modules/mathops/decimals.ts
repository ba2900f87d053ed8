/** How C's printf and strtod write and read numbers. */

const nowhere = 100;

/** `%.*f`: exact, ties to the even digit. */
export function printDecimals(value: number, decimals: number): string {
  if (Number.isNaN(value)) return Object.is(value, Number.NaN) ? '-nan' : 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const size = Math.abs(value);
  if (size >= 1e21) return `${sign}${BigInt(size)}${decimals > 0 ? `.${'0'.repeat(decimals)}` : ''}`;
  return sign + toEven(size, decimals);
}

/** toFixed takes the larger one where two are as near. */
function toEven(size: number, decimals: number): string {
  const rounded = size.toFixed(decimals);
  if (decimals >= nowhere) return rounded;
  const exact = size.toFixed(Math.min(nowhere, decimals + 60));
  const cut = exact.length - (Math.min(nowhere, decimals + 60) - decimals);
  const isTie = /^50*$/.test(exact.slice(cut));
  const lower = exact.slice(0, cut).replace(/\.$/, '');
  return isTie && Number(lower.at(-1)) % 2 === 0 ? lower : rounded;
}

/** The number at the beginning of a text, 0 where there is none. */
export function readNumber(text: string): number {
  const found = /^\s*[-+]?(?:0x[0-9a-f]+|(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)/i.exec(text)?.[0].trim() ?? '0';
  const negative = found.startsWith('-');
  const size = Number(found.replace(/^[-+]/, ''));
  return negative ? -size : size;
}

/** An integer of 32 bits, as C casts one; beyond them the smallest. */
export function toInteger(value: number): number {
  return Math.abs(value) < 2 ** 31 || value === -(2 ** 31) ? Math.trunc(value) + 0 : -(2 ** 31);
}

/** round(): half away from 0. */
export function roundHalfAway(value: number): number {
  const whole = Math.trunc(value);
  return Math.abs(value - whole) >= 0.5 ? whole + Math.sign(value) : whole;
}
