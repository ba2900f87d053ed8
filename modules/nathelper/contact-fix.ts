import type { ContactValue, ModuleHost, ScriptRun, SipMessage } from '../../runtime/module-exports.ts';
import type { contactFlagNames, Flags } from './named-flags.ts';
import { sourceHostPort, sourceUri } from './source-uri.ts';
import { cutAtHost, withoutMaddr } from './uri-places.ts';

type Host = Pick<ModuleHost, 'log' | 'routing' | 'sip'>;
type ContactFlag = (typeof contactFlagNames)[number];

/** fix_nated_contact(): each contact gets the address and port that the message came from. */
export function fixContacts(
  { log, routing }: Host,
  { message, source }: ScriptRun,
  params: string,
  flags: Flags<ContactFlag>,
): boolean {
  for (const contact of message.contacts) {
    const parts = contact && routing.uri(contact.uri);
    if (!contact || !parts || parts.host === '') {
      log.error('get_contact_uri', 'failed to parse Contact URI');
      return true;
    }
    if (contact.changed) {
      log.error('fix_nated_contact_f', 'SCRIPT BUG - second attempt to change URI Contact');
      return false;
    }
    const { front, hostPort, rest } = cutAtHost(contact.uri, parts);
    const added = params + (flags.has('preserve-uri') ? `;org=${encoded(hostPort)}` : '');
    const uri = `${front}${sourceHostPort(source)}${added}${withoutMaddr(rest)}`;
    writeUri(message, contact, uri, added !== '');
    contact.changed = true;
  }
  return true;
}

/** Parameters that are added to a URI without angle brackets bring these along: they would be the header's else. */
function writeUri(message: SipMessage, contact: ContactValue, uri: string, enclose: boolean): void {
  const isEnclosed = enclosedEnd(message, contact) !== undefined;
  contact.uri = uri;
  put(message, contact, isEnclosed || !enclose ? uri : `<${uri}>`);
}

function put(message: SipMessage, contact: ContactValue, text: string): void {
  const end = enclosedEnd(message, contact) ?? contact.uriEnd;
  const before = message.edits.splicedAt(contact.uriStart, end);
  if (before) before.text = text;
  else message.edits.splice(contact.uriStart, end, text);
}

/** Where `>` stands, white space may be in front of it; undefined for a URI without angle brackets. */
function enclosedEnd({ text }: SipMessage, { uriEnd, end }: ContactValue): number | undefined {
  const found = /^\s*>/.exec(text.slice(uriEnd, end));
  return found ? uriEnd + found[0].length - 1 : undefined;
}

/**
 * add_rcv_param(): where the message came from becomes a parameter of each contact, or of its URI.
 *
 * Deviation: as a parameter of the URI it stands there without quotes, which a URI cannot have (RFC 3261 §25.1), and with
 * `;` and `=` escaped. OpenSIPS writes the quotes, and ends where fix_nated_contact() has been called before.
 */
export function addReceived({ sip }: Host, { message, source }: ScriptRun, place: 'header' | 'uri'): boolean {
  const uri = sourceUri(source);
  for (const contact of message.contacts) {
    if (!contact) continue;
    if (place === 'header') message.edits.splice(contact.end, contact.end, `;received="${uri}"`);
    else if (enclosedEnd(message, contact) === undefined)
      message.edits.splice(contact.uriEnd, contact.uriEnd, `;received="${uri}"`);
    else {
      const param = `received=${uri.replaceAll(';', '%3B').replaceAll('=', '%3D')}`;
      writeUri(message, contact, sip.uris.addParam(contact.uri, param) ?? contact.uri, false);
    }
  }
  return true;
}

/**
 * restore_nated_ruri() (4.0): the host and port that fix_nated_contact() has kept in the parameter `org` come back into the
 * Request-URI, and what it was is the next hop. False without such a parameter.
 */
export function restoreRequestUri({ log, routing, sip }: Host, { message }: ScriptRun): boolean {
  const kept = routing.uri(message.requestUri)?.params.get('org');
  if (!kept) return false;
  const hostPort = decoded(kept);
  const uri = sip.uris.removeParam(message.requestUri, 'org');
  const parts = uri === undefined ? undefined : routing.uri(uri);
  if (uri === undefined || !parts || hostPort === undefined || !routing.uri(`sip:${hostPort}`)) {
    log.error('restore_nated_ruri_f', "invalid 'org' URI parameter");
    return false;
  }
  const { front, rest } = cutAtHost(uri, parts);
  message.destinationUri = uri;
  message.requestUri = `${front}${hostPort}${rest}`;
  return true;
}

/**
 * Deviation: host and port alone are kept, as the manual says, and without the `=` at the end, which the value of a
 * parameter cannot have (RFC 3261 §25.1). OpenSIPS keeps all up to `>`.
 */
function encoded(hostPort: string): string {
  return Buffer.from(hostPort, 'latin1').toString('base64').replace(/=+$/, '');
}

/** What OpenSIPS has kept behind the port is in the Request-URI already. */
function decoded(kept: string): string | undefined {
  if (!/^[A-Za-z0-9+/]+=*$/.test(kept)) return undefined;
  const [hostPort] = Buffer.from(kept, 'base64').toString('latin1').split(/[;?>]/);
  return hostPort;
}
