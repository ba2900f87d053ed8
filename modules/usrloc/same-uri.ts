import type { RoutingTools, UriParts } from '../../runtime/module-exports.ts';

/**
 * `Deviation:` in every version; 2.x compares contacts letter by letter.
 *
 * Whether two URIs mean the same (RFC 3261 §19.1.4, as OpenSIPS compares them: a parameter that it knows and that is in
 * one of them alone tells them apart, another one does not). False where one is malformed. C: compare_uris.
 */
export function sameUri(one: string, other: string, tools: Pick<RoutingTools, 'uri'>): boolean {
  const first = tools.uri(one);
  if (!first) return false;
  if (one === other) return true;
  const second = tools.uri(other);
  return second !== undefined && sameParts(first, second);
}

/** Parameters that tell URIs apart also where only one of them has them. */
const tellApart = [
  'transport',
  'ttl',
  'user',
  'maddr',
  'method',
  'lr',
  'r2',
  'gr',
  'pn-provider',
  'pn-prid',
  'pn-param',
  'pn-purr',
];

function sameParts(first: UriParts, second: UriParts): boolean {
  if (first.scheme !== second.scheme || first.port !== second.port) return false;
  if (unescaped(first.user) !== unescaped(second.user)) return false;
  if (first.host.toLowerCase() !== second.host.toLowerCase()) return false;
  if (tellApart.some((name) => lower(first, name) !== lower(second, name))) return false;
  for (const name of first.params.keys()) {
    if (!tellApart.includes(name) && second.params.has(name) && lower(first, name) !== lower(second, name))
      return false;
  }
  return true;
}

function lower({ params }: UriParts, name: string): string {
  return params.get(name)?.toLowerCase() ?? '';
}

/** With its escapes resolved; those that are none stay. */
export function unescaped(user: string): string {
  if (!user.includes('%')) return user;
  return user.replace(/%([0-9a-f]{2})/gi, (_whole, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
}
