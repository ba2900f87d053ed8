import { type Boot, made, type Outgoing } from './boot-state.ts';
import { createForwarding } from './forwarding.ts';
import type { Connection } from './module-exports.ts';
import { createAcceptedPeers } from './net/accepted-peers.ts';
import { createBrowserNames } from './net/browser-names.ts';
import { createCapturingSender } from './net/capturing-sender.ts';
import { createConnectionAliases } from './net/connection-aliases.ts';
import { type DestinationSettings, findDestinations } from './net/destinations.ts';
import { protocols } from './net/protocols.ts';
import { createSender, mayDialBack, peerKey } from './net/sender.ts';
import type { HostNames } from './script/index.ts';
import { createSending } from './sending.ts';
import { createConnectionMark } from './sip/connection-mark.ts';
import type { NextHop } from './sip/next-hop.ts';

/** The sender and what uses it, made of what the earlier steps of the start made. */
export function createOutgoing(boot: Boot): Outgoing {
  const { network, checked } = boot.settings;
  const { globals } = checked;
  const routing = made(boot.routing, 'routing');
  const acceptedPeers = createAcceptedPeers({
    now: () => boot.timers.now(),
    lifetime: globals.number('tcp_connection_lifetime') * 1000,
    limit: globals.number('max_accepted_peers'),
  });
  const { capture } = boot.settings;
  const sender = capture
    ? createCapturingSender(() => boot.listenSockets, capture)
    : createSender({
        connections: boot.connections,
        acceptedPeers,
        protocol: (name) => boot.protocols.get(name),
        sockets: () => boot.listenSockets,
        listener: (wanted) => boot.sockets.find(({ socket }) => socket === wanted)?.listener,
        receive: boot.receive,
        log: boot.log,
        maxWaitingMessages: globals.number('max_waiting_messages'),
        ...(globals.flag('mhomed') && { addressTowards: network.addressTowards }),
      });
  const destinations = destinationSettings(boot);

  const names = createBrowserNames(boot.connections, globals.number('max_browser_names'));
  const find = (hop: NextHop) => names.find(hop.host) ?? findDestinations(hop, destinations);
  const blacklists = made(boot.blacklists, 'blacklists');
  const sending = createSending({
    sender,
    find,
    hasSocket: destinations.hasSocket,
    blacklists,
    log: boot.log,
  });
  const forwarding = createForwarding({
    sender,
    sending,
    find,
    advertised: routing.advertised,
    isMyself: routing.isMyself,
    defaultPort: (protocol) => defaultPortOf(boot, protocol),
    mark: createConnectionMark(),
    statistics: made(boot.coreStatistics, 'core statistics'),
    log: boot.log,
    forbidden: globals.flag('disable_stateless_fwd'),
    translate503: !globals.flag('disable_503_translation'),
  });
  const aliases = createConnectionAliases({
    connections: boot.connections,
    mode: globals.number('tcp_accept_aliases'),
    defaultPort: (protocol) => defaultPortOf(boot, protocol),
    log: boot.log,
  });
  return {
    sender,
    sending,
    forwarding,
    aliases,
    names,
    connectionGone(connection) {
      const { protocol, remoteAddress, remotePort } = connection;
      names.forget(connection);
      tellDisconnect(boot, connection);
      for (const tell of boot.connectionHooks) tell(connection, sender.hasDialled(connection));
      if (mayDialBack(protocol) || sender.hasDialled(connection)) return;
      if (boot.connections.hasAlias(connection)) return;
      acceptedPeers.remember(peerKey(protocol, remoteAddress, remotePort));
    },
  };
}

/** C: tcp_disconnect_event_raise. */
function tellDisconnect({ events }: Boot, { protocol, remoteAddress, remotePort, socket }: Connection): void {
  if (!events.isHeard('E_CORE_TCP_DISCONNECT')) return;
  events.raise('E_CORE_TCP_DISCONNECT', [
    { name: 'src_ip', value: remoteAddress },
    { name: 'src_port', value: remotePort },
    { name: 'dst_ip', value: socket.address },
    { name: 'dst_port', value: socket.port },
    { name: 'proto', value: protocol },
  ]);
}

/** What glibc does where neither the config nor resolv.conf says otherwise: seconds, and questions to each server. */
const usual = { seconds: 5, tries: 2 };

function destinationSettings(boot: Boot): DestinationSettings {
  const { network, checked } = boot.settings;
  const { globals } = checked;
  const servers = globals.number('dns_servers_no');
  const resolver = network.resolver({
    timeout: (positive(globals.number('dns_retr_time')) ?? usual.seconds) * 1000,
    tries: positive(globals.number('dns_retr_no')) ?? usual.tries,
    servers: positive(servers),
    searches: globals.flag('dns_use_search_list'),
  });
  return {
    resolver,
    hasSocket: (protocol, family) =>
      boot.listenSockets.some(
        (socket) => socket.protocol === protocol && (family === undefined || socket.family === family),
      ),
    defaultPort: (protocol) => defaultPortOf(boot, protocol),
    asksPointers: globals.flag('dns_try_naptr'),
    asksIpv6: globals.flag('dns_try_ipv6'),
    failsOver: !globals.flag('disable_dns_failover'),
    longestSearch: globals.number('max_dns_time'),
    after: (milliseconds, call) => boot.timers.after(milliseconds, call),
    now: () => boot.timers.now(),
    random: Math.random,
  };
}

const positive = (value: number): number | undefined => (value > 0 ? value : undefined);

/**
 * What this host is called by. `Deviation:` advertised_address is among it, because messages carry it; OpenSIPS wants
 * an alias line beside.
 */
export function namesOf(boot: Boot): HostNames {
  const { sockets, globals } = boot.settings.checked;
  const advertised = globals.text('advertised_address');
  const aliases = advertised === '' ? sockets.aliases : [...sockets.aliases, { host: advertised, port: 0 }];
  const isOwnName = (host: string) => boot.ownNames.some((isName) => isName(host));
  return { sockets: () => boot.listenSockets, aliases, isOwnName };
}

/** The port of a protocol where a URI names none: what the parameter of its module says, else its own. */
export function defaultPortOf(boot: Boot, protocol: string): number {
  for (const { manifest, params } of boot.loaded) {
    const facts = manifest.protocols?.[protocol];
    if (!facts) continue;
    const given = facts.portParam === undefined ? undefined : params[facts.portParam];
    return typeof given === 'number' ? given : facts.defaultPort;
  }
  return protocols[protocol]?.defaultPort ?? 5060;
}
