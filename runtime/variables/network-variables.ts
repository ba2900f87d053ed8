import type { ListenSocket, ScriptValue } from '../module-exports.ts';
import { expandedAddress } from '../sip/ip-address.ts';
import { dated, reading, type VariableEntry } from './entries.ts';

const socketFields: Readonly<Record<string, (socket: ListenSocket) => ScriptValue>> = {
  '': socketText,
  ip: addressText,
  port: (socket) => socket.port,
  proto: (socket) => socket.protocol,
  advertised_ip: (socket) => socket.advertisedHost ?? null,
  advertised_port: (socket) => socket.advertisedPort ?? null,
  tag: (socket) => socket.tag ?? null,
  anycast: () => 0,
  af: familyText,
};

const fieldNames: readonly string[] = Object.keys(socketFields).filter((name) => name !== '');

/** `ws:127.0.0.1:8080`. */
export function socketText(socket: ListenSocket): string {
  return `${socket.protocol}:${addressText(socket)}:${socket.port}`;
}

/** Unlike `$si`, a socket's own IPv6 address stands in brackets. */
function addressText(socket: ListenSocket): string {
  const address = expandedAddress(socket.address);
  return socket.family === 6 ? `[${address}]` : address;
}

function familyText(socket: ListenSocket): string {
  return socket.family === 6 ? 'INET6' : 'INET';
}

function fieldOf(socket: ListenSocket, name: string): ScriptValue {
  return socketFields[name.toLowerCase()]?.(socket) ?? null;
}

const sourceAddress = reading('the address that the message came from', (run) =>
  expandedAddress(run.source.remoteAddress),
);
const untilDeprecated = { until: '3.2' } as const;
const protocol = dated(
  reading('the protocol that the message came by', (run) => run.source.protocol),
  untilDeprecated,
);

/** Where a message came from and by what socket. */
const sourceVariables: Readonly<Record<string, VariableEntry>> = {
  si: sourceAddress,
  src_ip: sourceAddress,
  sp: reading('the port that the message came from', (run) => run.source.remotePort),
  Ri: dated(
    reading('the address of the socket that the message came by', (run) => addressText(run.source.socket)),
    untilDeprecated,
  ),
  Rp: dated(
    reading('the port of the socket that the message came by', (run) => run.source.socket.port),
    untilDeprecated,
  ),
  proto: protocol,
  pr: protocol,
  af: dated(
    reading('INET or INET6', (run) => familyText(run.source.socket)),
    { since: '2.4', until: '3.2' },
  ),
  socket_in: {
    facts: {
      description: 'the socket that the message came by, or a field of it',
      inner: { oneOf: fieldNames, optional: true },
      since: '3.1',
    },
    behaviour: { get: (run, inner) => fieldOf(run.source.socket, inner) },
  },
};

/** What the variables of the outgoing socket need. */
export interface SocketSources {
  /** The socket that a text names. */
  readonly socketNamed: (text: string) => ListenSocket | undefined;
  readonly warn: (caller: string, message: string) => void;
}

/** Where a message came from, by what socket, and by which it goes out. */
export function networkVariables(sources: SocketSources): Readonly<Record<string, VariableEntry>> {
  return { ...sourceVariables, ...outVariables(sources) };
}

/** C: pv_set_force_sock. A text that names no socket leaves things as they are. */
function outVariables({ socketNamed, warn }: SocketSources): Readonly<Record<string, VariableEntry>> {
  const set: VariableEntry['behaviour']['set'] = (run, inner, value) => {
    if (inner !== '') throw new Error('a field of the socket cannot be set');
    if (value === null) {
      run.message.sendSocket = undefined;
      return;
    }
    if (typeof value !== 'string' || value === '') {
      throw new Error('str value required to set the force send sock');
    }
    const socket = socketNamed(value);
    if (socket) run.message.sendSocket = socket;
    else warn('pv_set_force_sock', `no socket found to match [${value}]`);
  };
  return {
    socket_out: {
      facts: {
        description: 'the socket that the message goes out by, or a field of it',
        inner: { oneOf: [...fieldNames, 'forced'], optional: true },
        writable: true,
        since: '3.1',
      },
      behaviour: {
        get: ({ message, source }, inner) => outField(message.sendSocket, source.socket, inner),
        set,
      },
    },
    fs: dated(
      {
        facts: { description: 'the socket that the script chose', writable: true },
        behaviour: {
          get: ({ message }) => (message.sendSocket ? socketText(message.sendSocket) : null),
          set,
        },
      },
      untilDeprecated,
    ),
  };
}

function outField(forced: ListenSocket | undefined, receivedBy: ListenSocket, inner: string): ScriptValue {
  if (inner.toLowerCase() === 'forced') return forced ? socketText(forced) : null;
  return fieldOf(forced ?? receivedBy, inner);
}
