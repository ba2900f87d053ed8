import type { ListenSocket, ModuleFinding } from '../../runtime/module-exports.ts';
import { addressAndPort, spelt } from './address-filter.ts';
import type { DomainList, TlsDomain } from './domains.ts';
import { finding } from './findings.ts';
import type { NameFilter } from './name-filter.ts';

/** Protocols whose sockets are served by domains. */
const securedProtocols = new Set(['tls', 'wss']);

/** What is wrong with the domains as they are defined, beside one another and to the sockets. */
export function checkDomains(list: DomainList, sockets: readonly ListenSocket[]): readonly ModuleFinding[] {
  const secured = sockets.filter(({ protocol }) => securedProtocols.has(protocol));
  return [
    ...withoutDomain(list.server, secured),
    ...neverMatching(list.server, secured),
    ...doubles(list.server),
    ...doubles(list.client),
  ];
}

/** The socket is for such an address, and a port of 0 is any that it will get. */
function serves(socket: ListenSocket, { addresses, forAny, isFallback }: TlsDomain): boolean {
  if (isFallback || forAny) return true;
  const anywhere = socket.address === '0.0.0.0' || socket.address === '::';
  return addresses.some(
    ({ address, port }) =>
      (port === socket.port || socket.port === 0) && (anywhere || address === spelt(socket.address)),
  );
}

function withoutDomain(domains: readonly TlsDomain[], sockets: readonly ListenSocket[]): ModuleFinding[] {
  const shown = ({ protocol, address, port }: ListenSocket) => `${protocol}:${addressAndPort(address, port)}`;
  if (domains.length === 0) {
    const [first] = sockets;
    return first
      ? [finding('no-server-domain', `no TLS domain serves ${sockets.map(shown).join(', ')}`)]
      : [];
  }
  return sockets
    .filter((socket) => !domains.some((domain) => serves(socket, domain)))
    .map((socket) => finding('listener-without-domain', `no TLS domain is for ${shown(socket)}`));
}

/** Without a secure socket the domains may be for another module. */
function neverMatching(domains: readonly TlsDomain[], sockets: readonly ListenSocket[]): ModuleFinding[] {
  if (sockets.length === 0) return [];
  return domains.flatMap((domain) => {
    if (domain.place === undefined) return [];
    const mine = sockets.filter((socket) => serves(socket, domain));
    if (mine.length === 0) {
      const wanted = domain.addresses.map(({ address, port }) => addressAndPort(address, port)).join(', ');
      return [
        finding(
          'domain-never-matches',
          `no socket is at ${wanted}, which TLS domain ${domain.name} is for`,
          domain.place,
        ),
      ];
    }
    const shadow = mine.every((socket) => shadowOf(domain, socket, domains) !== undefined);
    if (!shadow) return [];
    const [socket] = mine;
    const other = socket && shadowOf(domain, socket, domains);
    return [
      finding(
        'domain-never-matches',
        `TLS domain ${domain.name} is for any address, and ${other?.name} names every one that there is`,
        domain.place,
      ),
    ];
  });
}

/** The domain that names the socket, where this one does not: then this one is not asked at all. */
function shadowOf(
  domain: TlsDomain,
  socket: ListenSocket,
  domains: readonly TlsDomain[],
): TlsDomain | undefined {
  if (domain.isFallback || namesSocket(domain, socket)) return undefined;
  return domains.find((other) => !other.isFallback && namesSocket(other, socket));
}

function namesSocket({ addresses }: TlsDomain, socket: ListenSocket): boolean {
  return addresses.some(({ address, port }) => port === socket.port && address === spelt(socket.address));
}

function doubles(domains: readonly TlsDomain[]): ModuleFinding[] {
  const named = domains.filter(({ isFallback }) => !isFallback);
  return named.flatMap((domain, at) => {
    const other = named
      .slice(at + 1)
      .find((later) => sameAddresses(domain, later) && sameNames(domain, later));
    if (!other) return [];
    return [
      finding(
        'domains-match-the-same',
        `TLS domains ${domain.name} and ${other.name} match the same connections`,
        other.place,
      ),
    ];
  });
}

function sameAddresses(a: TlsDomain, b: TlsDomain): boolean {
  const keys = ({ addresses, forAny }: TlsDomain) =>
    [...addresses.map(({ address, port }) => addressAndPort(address, port)), forAny ? '*' : '']
      .toSorted()
      .join();
  return keys(a) === keys(b);
}

/** All that the earlier one says, the later one says, too. */
function sameNames(earlier: TlsDomain, later: TlsDomain): boolean {
  return earlier.names.every((filter) => later.names.some((other) => isSame(filter, other)));
}

function isSame(a: NameFilter, b: NameFilter): boolean {
  return a.kind === b.kind && a.text === b.text;
}
