/** Contact values (RFC 3261 §20.10): addresses, or `*` alone, which a REGISTER uses to remove all (§10.2.2). */

import type { NameAddress, SipMessage } from '../module-exports.ts';
import { parseNameAddress } from './name-address.ts';

/**
 * The Contact values of a message in order, '*' where that is the only one; undefined where one is malformed or `*`
 * stands beside others.
 */
export function parseContacts(message: SipMessage): readonly NameAddress[] | '*' | undefined {
  const values = message.headerValues('Contact');
  if (values.length === 1 && values[0] === '*') return '*';
  const contacts: NameAddress[] = [];
  for (const value of values) {
    const contact = parseNameAddress(value);
    if (contact === undefined) return undefined;
    contacts.push(contact);
  }
  return contacts;
}
