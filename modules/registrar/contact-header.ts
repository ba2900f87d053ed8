import type {
  ContactValue,
  Logger,
  NameAddress,
  RoutingTools,
  SipMessage,
} from '../../runtime/module-exports.ts';
import { RegistrationError } from './registration-error.ts';

/** One contact of a REGISTER, as it is written. */
export interface WrittenContact {
  readonly uri: string;
  readonly params: NameAddress['params'];
}

/** What the Contact headers of a REGISTER ask for (RFC 3261 §10.2.2, §10.3 step 6). */
export type WrittenContacts = 'star' | readonly WrittenContact[];

export interface ContactTools {
  readonly tools: Pick<RoutingTools, 'nameAddress' | 'values' | 'uri'>;
  readonly log: Logger;
  /** Bytes of a contact URI. */
  readonly mostOfContact: number;
}

/** Bytes of a `received`, which must fit into its column. */
export const mostOfReceived = 255;

/** What OpenSIPS can send to; other contacts would be stored in vain. */
const reachable = ['sip', 'sips', 'tel', 'tels', 'urn'];

/** Errors: RegistrationError. */
export function contactsOf(message: SipMessage, settings: ContactTools): WrittenContacts {
  const headers: (readonly string[])[] = [];
  for (let at = message.findHeader('Contact'); at >= 0; at = message.findHeader('Contact', at + 1)) {
    headers.push(valuesOf(message.headerValue(at), settings));
  }
  const isStar = ([value]: readonly string[]) => value === '*';
  if (!headers.some(isStar)) {
    return headers.flat().map((value, at) => readContact(value, message.contacts[at], settings));
  }
  if (isStar(headers[0] ?? []) && expiresHeader(message) !== 0) throw new RegistrationError('starExpires');
  if (headers.length > 1) throw new RegistrationError('starAlone');
  return 'star';
}

/** Errors: one that is empty, or a star that is not alone in it. */
function valuesOf(line: string, settings: ContactTools): readonly string[] {
  const values = settings.tools.values(line);
  if (values.length === 0 || (values.length > 1 && values.includes('*'))) throw unreadable(settings);
  return values;
}

/**
 * Its URI is the one that fix_nated_contact has put there, where the script has called that before. `Deviation:` a contact
 * that cannot be read is a fault of the client (400); OpenSIPS finds it out when it is stored (500), and looks at the length
 * of those behind the first header alone.
 */
function readContact(
  value: string,
  written: ContactValue | undefined,
  settings: ContactTools,
): WrittenContact {
  const address = settings.tools.nameAddress(value);
  const scheme = address && settings.tools.uri(address.uri)?.scheme;
  if (!address || !scheme || !reachable.includes(scheme)) throw unreadable(settings);
  const received = address.params.get('received') ?? '';
  const uri = written?.changed ? written.uri : address.uri;
  if (uri.length > settings.mostOfContact || received.length > mostOfReceived)
    throw new RegistrationError('contactTooLong');
  return { uri, params: address.params };
}

function unreadable({ log }: ContactTools): RegistrationError {
  log.error('parse_reg_headers', 'failed to parse Contact body');
  return new RegistrationError('contact');
}

/** The seconds of the Expires header; undefined without one. Errors: RegistrationError. */
export function expiresHeader(message: SipMessage): number | undefined {
  const value = message.header('Expires');
  if (value === undefined) return undefined;
  const seconds = readSeconds(value.trim());
  if (seconds === undefined) throw new RegistrationError('expiresHeader');
  return seconds;
}

/** Undefined for what is no number of 32 bits. */
export function readSeconds(text: string): number | undefined {
  if (!/^\d+$/.test(text)) return undefined;
  const seconds = Number(text);
  return seconds <= 0xffffffff ? seconds : undefined;
}
