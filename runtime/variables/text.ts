import type { ScriptValue } from '../module-exports.ts';

const beyondAscii = /[^\0-\x7f]/;

/** Lower case of A–Z alone, as C does in its own locale; other bytes stay. */
export function lowerAscii(text: string): string {
  if (!beyondAscii.test(text)) return text.toLowerCase();
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** Upper case of a–z alone. */
export function upperAscii(text: string): string {
  if (!beyondAscii.test(text)) return text.toUpperCase();
  return text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}

/** Equal in any letter case. */
export function sameText(left: string, right: string): boolean {
  if (left.length !== right.length) return false;
  return left === right || lowerAscii(left) === lowerAscii(right);
}

/** Order in any letter case: negative, 0 or positive; of two that begin alike the longer is greater. */
export function compareText(left: string, right: string): number {
  const a = lowerAscii(left);
  const b = lowerAscii(right);
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Integers of the script have 32 bits; a longer constant wraps as in C. */
export function toInteger(value: number): number {
  return value | 0;
}

/** A value as text where NULL is of no interest. */
export function textOf(value: ScriptValue): string {
  return value === null ? '' : String(value);
}

/** A value as it stands in a printed text; NULL shows as OpenSIPS shows it. */
export function printed(value: ScriptValue): string {
  return value === null ? '<null>' : String(value);
}

/**
 * The number at the beginning of a text (C: str2sint): sign and digits, decimal or behind 0x hexadecimal;
 * what follows is left out. 32 bits, as all integers of the script.
 */
export function leadingNumber(text: string): number {
  const found = /^[+-]?\d+/.exec(text);
  return found ? Number(found[0]) | 0 : 0;
}

const wholeNumber = /^[+-]?(?:\d+|0[xX][\da-fA-F]+)$/;

/** The integer that a whole text is, or undefined. */
export function wholeNumberOf(text: string): number | undefined {
  if (!wholeNumber.test(text)) return undefined;
  const negative = text.startsWith('-');
  const digits = text.replace(/^[+-]/, '');
  const value = Number(digits);
  return (negative ? -value : value) | 0;
}
