import { once } from 'node:events';
import type { TestContext } from 'node:test';
import { type ConnectionOptions, connect, createServer, type TlsOptions } from 'node:tls';

/**
 * What a TLS client of Node makes of a server on the loopback: `verified`, or the code of its error.
 *
 * @param client Its options. Default of `servername`: localhost.
 */
export async function handshake(
  t: TestContext,
  server: TlsOptions,
  client: ConnectionOptions,
): Promise<string> {
  const listener = createServer(server, (socket) => socket.on('error', () => undefined).end());
  listener.on('tlsClientError', () => undefined);
  t.after(() => listener.close());
  await once(listener.listen(0, '127.0.0.1'), 'listening');
  const address = listener.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const socket = connect({ host: '127.0.0.1', port: address.port, servername: 'localhost', ...client });
  const verdict = await new Promise<string>((resolve) => {
    socket.once('secureConnect', () => resolve('verified'));
    socket.once('error', (error) => resolve('code' in error ? String(error.code) : error.message));
  });
  socket.destroy();
  return verdict;
}
