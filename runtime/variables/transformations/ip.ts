import {
  formatIp,
  matchesNetwork,
  parseIp,
  parseIpv4,
  parseIpv6,
  parseNetwork,
  privateNetworks,
} from '../../sip/ip-address.ts';
import type { TransformationEntry } from '../entries.ts';
import { ofText, textArgument } from './entry.ts';

/** `address/mask`, with the mask as length or address. */
function networkOf(text: string) {
  const [address = '', mask] = text.split('/');
  return parseNetwork(address, mask);
}

const privates = privateNetworks.map(networkOf);

export const ipTransformations: Readonly<Record<string, TransformationEntry>> = {
  'ip.pton': ofText('the address as bytes', (text) => {
    const bytes = parseIp(text);
    return bytes ? String.fromCharCode(...bytes) : null;
  }),
  'ip.ntop': ofText('an address of bytes as text', (text) => {
    if (text.length !== 4 && text.length !== 16) return null;
    return formatIp([...text].map((byte) => byte.charCodeAt(0)));
  }),
  'ip.family': ofText('INET or INET6, of an address of bytes', (text) => {
    if (text.length === 4) return 'INET';
    return text.length === 16 ? 'INET6' : null;
  }),
  'ip.isip': ofText('1 for an address, 0 for anything else', (text) => (parseIp(text) ? 1 : 0)),
  'ip.isip4': ofText('1 for an IPv4 address', (text) => (parseIpv4(text) ? 1 : 0), { since: '3.1' }),
  'ip.isip6': ofText('1 for an IPv6 address', (text) => (parseIpv6(text) ? 1 : 0), { since: '3.1' }),
  'ip.isprivate': ofText(
    '1 for an address of a private network',
    (text) => (privates.some((network) => network && matchesNetwork(text, network)) ? 1 : 0),
    { since: '3.1' },
  ),
  'ip.resolve': ofText('the first address of a name; the run waits for it', () => null),
  'ip.matches': ofText(
    '1 for an address in a network',
    (text, args) => {
      const network = networkOf(textArgument(args, 0) ?? '');
      const inside = network && matchesNetwork(text, network);
      return inside === undefined ? null : inside ? 1 : 0;
    },
    { args: ['string'], since: '3.0' },
  ),
};
