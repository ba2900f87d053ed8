import { isUtf8 } from 'node:buffer';
import type { SqlValue } from '../../runtime/module-exports.ts';
import type { BoundValue } from './driver.ts';

/**
 * What is bound for a value. Whole numbers as such, because a column of texts would take 5 for `5.0`. Bytes that are no
 * UTF-8, and a text with a NUL, which the driver would cut there, stay bytes (a BLOB), so that they come back and are
 * found as they were.
 */
export function bound(value: SqlValue): BoundValue {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (value === null) return null;
  const bytes = Buffer.from(value, 'latin1');
  return isUtf8(bytes) && !value.includes('\0') ? bytes.toString('utf8') : bytes;
}

/** What a read value is in the host. */
export function asValue(read: unknown): SqlValue {
  switch (typeof read) {
    case 'bigint': {
      const number = Number(read);
      return Number.isSafeInteger(number) ? number : String(read);
    }
    case 'string':
      return Buffer.from(read, 'utf8').toString('latin1');
    case 'number':
      return read;
    default:
      return read instanceof Uint8Array ? Buffer.from(read).toString('latin1') : null;
  }
}

/** SQL as the host holds it, for SQLite. */
export function sqlText(text: string): string {
  return Buffer.from(text, 'latin1').toString('utf8');
}
