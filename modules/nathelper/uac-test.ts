import type { ModuleHost, ScriptRun, SipMessage, UriParts } from '../../runtime/module-exports.ts';
import { isAddress } from './addresses.ts';
import type { Flags, testNames } from './named-flags.ts';
import type { PrivateNetworks } from './private-networks.ts';
import { isNullAddress, sdpAddresses } from './sdp-addresses.ts';
import { sdpBodies } from './sdp-bodies.ts';

type TestName = (typeof testNames)[number];
type Host = Pick<ModuleHost, 'log' | 'routing'>;

export interface UacTest {
  /** True where one of the tests says that the sender is behind a NAT. */
  test(run: ScriptRun, tests: Flags<TestName>): boolean;
}

/** nat_uac_test(). */
export function createUacTest(host: Host, networks: PrivateNetworks): UacTest {
  return {
    test: (run, tests) => {
      const carrierGrade = tests.has('carrier-grade-nat');
      for (const name of tests) if (holds(name, run, carrierGrade)) return true;
      return false;
    },
  };

  function holds(name: TestName, { message, source }: ScriptRun, carrierGrade: boolean): boolean {
    const { topVia } = message;
    const isPrivate = (address: string) => networks.has(address, carrierGrade);
    switch (name) {
      case 'diff-port-src-via':
        return source.remotePort !== (topVia?.port || 5060);
      case 'diff-ip-src-via':
        return isOtherVia(message, source.remoteAddress);
      case 'private-via':
        return topVia !== undefined && isPrivate(topVia.host);
      case 'private-contact':
        return someContact(host, message, ({ host: name }) => isPrivate(name));
      case 'diff-ip-src-contact':
        return someContact(host, message, ({ host: name }) => !isAddress(name, source.remoteAddress));
      case 'diff-port-src-contact':
        return someContact(host, message, (uri) => portOf(uri) !== source.remotePort);
      case 'private-sdp':
        return isPrivateSdp(host, message, isPrivate);
      case 'carrier-grade-nat':
        return false;
    }
  }
}

/** C: received_test. A Via that has `received` was found to be of another address before. */
function isOtherVia({ topVia }: SipMessage, address: string): boolean {
  if (!topVia) return false;
  if (topVia.params.has('received')) return true;
  return !isAddress(topVia.params.get('maddr') || topVia.host, address);
}

/** Contacts behind one that cannot be read are not looked at. */
function someContact(
  { log, routing }: Host,
  { contacts }: SipMessage,
  test: (uri: UriParts) => boolean,
): boolean {
  for (const contact of contacts) {
    const uri = contact && routing.uri(contact.uri);
    if (!uri || uri.host === '') {
      log.error('get_contact_uri', 'failed to parse Contact URI');
      return false;
    }
    if (test(uri)) return true;
  }
  return false;
}

/** C: get_uri_port. */
function portOf({ port, scheme, params }: UriParts): number {
  if (port !== 0) return port;
  const transport = params.get('transport')?.toLowerCase() ?? (scheme === 'sips' ? 'tls' : 'udp');
  return defaultPorts[transport] ?? 5060;
}

const defaultPorts: Readonly<Record<string, number>> = { tls: 5061, ws: 80, wss: 443 };

/** The first `c=` of each description counts; one that is null, of IPv6 or not to be found makes it no. */
function isPrivateSdp({ log }: Host, message: SipMessage, isPrivate: (address: string) => boolean): boolean {
  let found = false;
  for (const { text } of sdpBodies(message) ?? []) {
    const { value: address } = sdpAddresses(text, 'c=').next();
    if (typeof address === 'string') {
      log.error('sdp_1918', "can't extract media IP from the SDP");
      return false;
    }
    if (address.family !== 4 || isNullAddress(address)) return false;
    if (isPrivate(address.text)) found = true;
  }
  return found;
}
