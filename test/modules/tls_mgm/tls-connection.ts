import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer, type TLSSocket } from 'node:tls';
import { type PeerTrust, readTlsFacts, type TlsFacts } from '../../../modules/tls_mgm/tls-facts.ts';
import type { Leaf } from '../../pki/index.ts';

/** One side of a connection. */
export interface Side {
  readonly leaf?: Leaf;
  /** Whom it trusts, as PEM. */
  readonly ca?: readonly string[];
  readonly crl?: readonly string[];
  readonly isRevoked?: PeerTrust['isRevoked'];
}

/** A connection; the server asks for a certificate, and both sides let the other one in whoever it is. */
export interface ConnectionFacts {
  readonly server: Side;
  readonly client?: Side;
  readonly version?: 'TLSv1.2' | 'TLSv1.3';
  readonly ciphers?: string;
}

/** What each side knows of it once the handshake is done. */
export async function connectionFacts(
  facts: ConnectionFacts,
): Promise<{ server: TlsFacts; client: TlsFacts }> {
  const { server, client = {}, version = 'TLSv1.3', ciphers } = facts;
  const listener = createServer({
    ...contextOf(server),
    requestCert: true,
    minVersion: version,
    maxVersion: version,
    ...(ciphers !== undefined && { ciphers }),
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  const accepted = once(listener, 'secureConnection');
  const dialled = connect({
    host: '127.0.0.1',
    port,
    ...contextOf(client),
    // OpenSIPS does not compare names either.
    checkServerIdentity: () => undefined,
    ...(ciphers !== undefined && { ciphers }),
  });
  await once(dialled, 'secureConnect');
  const [socket]: readonly TLSSocket[] = await accepted;
  if (!socket) throw new Error('no socket');
  const read = {
    server: readTlsFacts(socket, trustOf(server)),
    client: readTlsFacts(dialled, trustOf(client)),
  };
  socket.on('error', () => undefined).destroy();
  dialled.on('error', () => undefined).destroy();
  listener.close();
  await once(listener, 'close');
  return read;
}

function contextOf({ leaf, ca = [], crl }: Side) {
  return {
    ...(leaf && { cert: leaf.chain, key: leaf.key }),
    ca: [...ca],
    ...(crl && { crl: [...crl] }),
    rejectUnauthorized: false,
  };
}

function trustOf({ ca = [], isRevoked }: Side): PeerTrust {
  return { authorities: ca.map((pem) => new X509Certificate(pem)), ...(isRevoked && { isRevoked }) };
}
