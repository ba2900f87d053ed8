import { once } from 'node:events';
import { connect, type TLSSocket } from 'node:tls';
import { WebSocket } from 'ws';

/** Where a wss socket is, and who must have signed its certificate. */
export interface WssPlace {
  readonly port: number;
  readonly ca: string;
  /** Default 127.0.0.1. */
  readonly address?: string;
}

/** The serial number of the certificate that a new connection gets. */
export async function servedSerial({ port, ca, address = '127.0.0.1' }: WssPlace): Promise<string> {
  const socket: TLSSocket = connect({ host: address, port, ca, servername: 'localhost' });
  await once(socket, 'secureConnect');
  const serial = socket.getPeerX509Certificate()?.serialNumber ?? '';
  socket.destroy();
  return serial;
}

/** A WebSocket after its handshake. */
export async function openWss({ port, ca, address = '127.0.0.1' }: WssPlace): Promise<WebSocket> {
  const client = new WebSocket(`wss://${address}:${port}/`, 'sip', { ca });
  await once(client, 'open');
  return client;
}
