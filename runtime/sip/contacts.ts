/** The contacts of a message: each with its place in the received text, and with what the script makes of its URI. */

import type { ContactValue } from '../module-exports.ts';
import { trimEnd } from './characters.ts';
import { headerIds } from './header-names.ts';
import type { MessageParts } from './message-parts.ts';
import { parseNameAddress } from './name-address.ts';
import { valuePlaces } from './split-values.ts';

/** The values of all Contact headers, in order; undefined stands for what is no address. `*` is no contact. */
export function readContacts(parts: MessageParts): (ContactValue | undefined)[] {
  const contacts: (ContactValue | undefined)[] = [];
  for (let place = 0; place < parts.headerCount; place++) {
    if (parts.idOf(place) !== headerIds.contact) continue;
    for (const { start, end } of valuePlaces(parts.text, parts.valueStart(place), parts.valueEnd(place))) {
      if (parts.text.slice(start, trimEnd(parts.text, start, end)) !== '*')
        contacts.push(readContact(parts.text, start, end));
    }
  }
  return contacts;
}

/** The same contacts for a copy of the message: what is changed there later is seen there only. */
export function copyContacts(
  contacts: readonly (ContactValue | undefined)[] | undefined,
): (ContactValue | undefined)[] | undefined {
  return contacts?.map((contact) => contact && { ...contact });
}

function readContact(text: string, start: number, end: number): ContactValue | undefined {
  const address = parseNameAddress(text, start, trimEnd(text, start, end));
  if (!address) return undefined;
  const { uriStart, uriEnd, uri } = address;
  return { address, uri, changed: false, uriStart, uriEnd, end };
}
