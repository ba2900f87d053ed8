import type { Host, IpNetwork } from '../ast.ts';
import { diagnostic } from '../findings/diagnostics.ts';
import { walk } from '../walk.ts';
import type { Check } from './facts/context.ts';

/** The parts of an IPv4 address, of a network or a socket, are at most 255, and a prefix is no longer than its address. */
export const networkIsAnAddress: Check = ({ config }) => {
  const networks: (IpNetwork | Host)[] = [];
  walk(config, {
    enter: (node) => {
      if (node.kind === 'IpNetwork' || (node.kind === 'Host' && node.form === 'ipv4')) networks.push(node);
    },
  });
  return networks.flatMap((network) => {
    const message = network.kind === 'Host' ? faultOfAddress(network.text) : faultOf(network);
    return message === undefined ? [] : [diagnostic('bad-network', network.span, message)];
  });
};

function faultOf({ address, mask }: IpNetwork): string | undefined {
  const fault = faultOfAddress(address) ?? faultOfAddress(String(mask ?? ''));
  if (fault !== undefined || typeof mask !== 'number') return fault;
  const bits = address.includes(':') ? 128 : 32;
  return mask > bits ? `a prefix of ${mask} is longer than the ${bits} bits of the address` : undefined;
}

/** IPv6 addresses are held by the lexer. */
function faultOfAddress(text: string): string | undefined {
  if (!text.includes('.') || text.includes(':')) return undefined;
  const large = text.split('.').find((octet) => Number(octet) > 255);
  return large === undefined ? undefined : `${large} is no part of an IPv4 address: they are 0 to 255`;
}
