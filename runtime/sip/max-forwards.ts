/** Max-Forwards (RFC 3261 §20.22). */

import type { SipMessage } from '../module-exports.ts';
import { readDigits } from './characters.ts';

/** The value of Max-Forwards, 0 to 255; undefined without the header, -1 where it is malformed. */
export function maxForwards(message: SipMessage): number | undefined {
  const value = message.header('Max-Forwards');
  return value === undefined ? undefined : readDigits(value, 0, value.length, 255);
}
