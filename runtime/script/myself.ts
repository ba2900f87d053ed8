import { expandedAddress } from '../sip/ip-address.ts';
import { parseUri } from '../sip/uri.ts';
import { sameText } from '../variables/text.ts';
import type { HostAlias, ScriptEnvironment } from './environment.ts';

/** What this host is called by. */
export type HostNames = Pick<ScriptEnvironment, 'sockets' | 'aliases' | 'isOwnName'>;

/** The default port of SIP, where a URI or a question names none. */
const sipPort = 5060;

/**
 * Whether a host (and port, where one is not 0) is one of this host's sockets: by bound address, by the name
 * in the config, by what they advertise, by an alias, or by a name that a module knows (C: check_self).
 */
export function hostIsMyself(environment: HostNames, host: string, port: number): boolean {
  const wanted = spelt(host);
  const samePort = (own: number) => port === 0 || port === own;
  const isSocket = environment
    .sockets()
    .some(
      (socket) =>
        (isSocketHost(wanted, socket.address, socket.host) && samePort(socket.port)) ||
        (socket.advertisedHost !== undefined &&
          sameText(wanted, spelt(socket.advertisedHost)) &&
          samePort(socket.advertisedPort ?? socket.port)),
    );
  return (
    isSocket ||
    (environment.aliases ?? []).some(
      (alias) => (alias.port === 0 || samePort(alias.port)) && isAlias(wanted, alias),
    ) ||
    (environment.isOwnName?.(wanted) ?? false)
  );
}

/** C: match_domain. */
function isAlias(wanted: string, { host, acceptSubdomain }: HostAlias): boolean {
  if (sameText(wanted, spelt(host))) return true;
  return acceptSubdomain === true && wanted.toLowerCase().endsWith(`.${host.toLowerCase()}`);
}

function isSocketHost(wanted: string, address: string, name: string): boolean {
  return sameText(wanted, expandedAddress(address)) || sameText(wanted, spelt(name));
}

/** An IPv6 address in one spelling, without brackets; a name as it is. */
function spelt(host: string): string {
  return expandedAddress(host.replace(/^\[|\]$/g, ''));
}

/** The same for a URI (its port is 5060 where it has none, as 2.x compares) or a bare host or address. */
export function isMyself(environment: HostNames, text: string): boolean {
  const uri = /^sips?:/i.test(text) ? parseUri(text) : undefined;
  return uri ? hostIsMyself(environment, uri.host, uri.port || sipPort) : hostIsMyself(environment, text, 0);
}
