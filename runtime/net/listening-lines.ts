import { expandedAddress } from '../sip/ip-address.ts';
import { familyOf } from './addresses.ts';
import type { ResolvedSockets, SocketPlan } from './socket-lines.ts';

const indent = ' '.repeat(13);

/** The block that OpenSIPS prints to stdout at a start and at `-c`: sockets, aliases, an empty line. */
export function listeningLines({ sockets, aliases }: Pick<ResolvedSockets, 'sockets' | 'aliases'>): string {
  const lines = [
    'Listening on ',
    ...sockets.map(socketLine),
    'Aliases: ',
    ...aliases.map(({ protocol, host, port }) => `${indent}${protocol}: ${host}:${port === 0 ? '*' : port}`),
    '',
  ];
  return `${lines.join('\n')}\n`;
}

function socketLine({ listen, anycast }: SocketPlan): string {
  const address = expandedAddress(listen.address);
  const name = familyOf(listen.host) === 6 ? expandedAddress(listen.host) : listen.host;
  const shown = listen.family === 6 ? `[${address}]` : address;
  return `${indent}${listen.protocol}: ${name} [${shown}]:${listen.port}${anycast ? ' anycast' : ''}`;
}
