import type { HostGlobals, ListenSocket, RoutingTools } from './module-exports.ts';
import { bracketed } from './net/addresses.ts';
import { socketAt } from './net/out-socket.ts';
import { type HostNames, hostIsMyself } from './script/index.ts';
import { expandedAddress } from './sip/ip-address.ts';
import { parseNameAddress } from './sip/name-address.ts';
import { splitValues } from './sip/split-values.ts';
import { parseUri } from './sip/uri.ts';

/** What modules that route are handed; `names` is asked at each use, because sockets open after modules are made. */
export function createRoutingTools(
  names: HostNames,
  globals: HostGlobals,
  defaultPort: (protocol: string) => number,
  addNames: RoutingTools['addNames'],
): RoutingTools {
  const host = globals.get('advertised_address');
  const port = globals.get('advertised_port');
  const globalHost = typeof host === 'string' && host !== '' ? bracketed(host) : undefined;
  const globalPort = typeof port === 'number' ? port : undefined;
  return {
    addNames,
    isMyself: (asked, at) => hostIsMyself(names, asked, at),
    socket: (protocol, asked, at) => socketAt(names.sockets(), protocol, asked, at || defaultPort(protocol)),
    advertised: (socket, message) => ({
      host:
        socket.advertisedHost ??
        (message?.advertisedHost === undefined ? undefined : bracketed(message.advertisedHost)) ??
        globalHost ??
        bracketed(expandedAddress(socket.address)),
      ...advertisedPort(socket, message?.advertisedPort ?? globalPort),
    }),
    uri: parseUri,
    nameAddress: (text) => parseNameAddress(text),
    values: splitValues,
  };
}

function advertisedPort(
  { advertisedPort: own, port }: ListenSocket,
  globalPort: number | undefined,
): { port: number; portIsSet: boolean } {
  const set = own ?? globalPort;
  return set === undefined ? { port, portIsSet: false } : { port: set, portIsSet: true };
}
