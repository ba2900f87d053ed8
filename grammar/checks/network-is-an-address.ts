import type { IpNetwork, Item } from '../ast.ts';
import { diagnostic } from '../findings/diagnostics.ts';
import { walk } from '../walk.ts';
import type { Check } from './facts/context.ts';

/** A prefix is no longer than its address, and the parts of a mask are at most 255. The parser holds addresses. */
export const networkIsAnAddress: Check = ({ config, script }) =>
  [...script.networks, ...config.items.flatMap(networksOf)].flatMap((network) => {
    const message = faultOf(network);
    return message === undefined ? [] : [diagnostic('bad-network', network.span, message)];
  });

/** Of what stands outside of the routes. */
function networksOf(item: Item): IpNetwork[] {
  const networks: IpNetwork[] = [];
  if (item.kind === 'RouteBlock') return networks;
  walk(item, {
    enter: (node) => {
      if (node.kind === 'IpNetwork') networks.push(node);
    },
  });
  return networks;
}

function faultOf({ address, mask }: IpNetwork): string | undefined {
  if (mask === undefined) return undefined;
  if (typeof mask === 'string') return faultOfMask(mask);
  const bits = address.includes(':') ? 128 : 32;
  return mask > bits ? `a prefix of ${mask} is longer than the ${bits} bits of the address` : undefined;
}

/** IPv6 masks are held by the lexer. */
function faultOfMask(mask: string): string | undefined {
  if (mask.includes(':')) return undefined;
  const large = mask.split('.').find((part) => Number(part) > 255);
  return large === undefined ? undefined : `${large} is no part of an IPv4 mask: they are 0 to 255`;
}
