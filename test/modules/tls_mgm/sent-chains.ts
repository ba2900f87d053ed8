import { once } from 'node:events';
import { connect, createServer, type TLSSocket } from 'node:tls';
import type { Authority } from '../../pki/index.ts';

/**
 * Whether this Node tells a server the authorities that a client sends along with its certificate. 24.21 and 26.8 do
 * not (nodejs/node 65579). A list that such an authority has signed cannot be verified then, and the client is refused.
 */
export async function nodeTellsSentChains(root: Authority, intermediate: Authority): Promise<boolean> {
  const leaf = await intermediate.issue();
  const own = { cert: leaf.chain, key: leaf.key };
  const server = createServer({ ...own, ca: root.certificate, requestCert: true });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const client = connect({ ...own, host: address.address, port: address.port, rejectUnauthorized: false });
  client.on('error', () => undefined);
  const told = await new Promise<boolean>((resolve) => {
    server.on('secureConnection', (socket: TLSSocket) => {
      resolve(socket.getPeerX509Certificate()?.issuerCertificate !== undefined);
      socket.on('error', () => undefined).destroy();
    });
  });
  client.destroy();
  server.close();
  return told;
}
