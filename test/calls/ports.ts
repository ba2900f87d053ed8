import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** A port of 127.0.0.1 that is free at this moment, for a program that cannot be told to take any. */
export async function freePort(protocol: 'udp' | 'tcp'): Promise<number> {
  const socket =
    protocol === 'udp' ? createSocket('udp4').bind(0, '127.0.0.1') : createServer().listen(0, '127.0.0.1');
  await once(socket, 'listening');
  const bound = socket.address();
  socket.close();
  await once(socket, 'close');
  return typeof bound === 'object' && bound ? bound.port : 0;
}

/** Whether a program takes streams at a port. */
export function takesStreams(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const stream = connect(port, '127.0.0.1');
    stream.once('error', () => resolve(false));
    stream.once('connect', () => {
      stream.destroy();
      resolve(true);
    });
  });
}

/** Whether somebody at a port of UDP answers an OPTIONS within a moment, whatever the answer. */
export async function awake(port: number): Promise<boolean> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  // A port that nobody has tells so by an error.
  socket.on('error', () => undefined);
  const own = `127.0.0.1:${socket.address().port}`;
  const answered = once(socket, 'message').then(() => true);
  socket.send(optionsText(`127.0.0.1:${port}`, own), port, '127.0.0.1');
  const isAwake = await Promise.race([answered, pause(200).then(() => false)]);
  socket.close();
  return isAwake;
}

function optionsText(to: string, own: string): string {
  return [
    `OPTIONS sip:${to} SIP/2.0`,
    `Via: SIP/2.0/UDP ${own};rport;branch=z9hG4bKawake${own}`,
    `From: <sip:${own}>;tag=awake`,
    `To: <sip:${to}>`,
    `Call-ID: awake-${own}`,
    'CSeq: 1 OPTIONS',
    'Max-Forwards: 70',
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');
}
