import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer, type TLSSocket } from 'node:tls';
import {
  type ReadHandshake,
  readHandshake,
  type TlsFacts,
  tlsFactsOf,
} from '../../../modules/tls_mgm/tls-facts.ts';
import type { Leaf } from '../../pki/index.ts';

/** One side of a connection. */
export interface Side {
  readonly leaf?: Leaf;
  /** Whom it trusts, as PEM. */
  readonly ca?: readonly string[];
  readonly crl?: readonly string[];
  /** Its own check of revocation lists finds the other's certificate on one. */
  readonly findsRevoked?: boolean;
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
  const accepted = new Promise<{ socket: TLSSocket; read: ReadHandshake }>((resolve) => {
    listener.on('secureConnection', (socket) => resolve({ socket, read: readHandshake(socket) }));
  });
  const dialled = connect({
    host: '127.0.0.1',
    port,
    ...contextOf(client),
    // OpenSIPS does not compare names either.
    checkServerIdentity: () => undefined,
    ...(ciphers !== undefined && { ciphers }),
  });
  const connected = new Promise<ReadHandshake>((resolve) => {
    dialled.once('secureConnect', () => resolve(readHandshake(dialled)));
  });
  const [{ socket, read }, clientRead] = await Promise.all([accepted, connected]);
  const told = { server: factsOf(read, server), client: factsOf(clientRead, client) };
  socket.on('error', () => undefined).destroy();
  dialled.on('error', () => undefined).destroy();
  listener.close();
  await once(listener, 'close');
  return told;
}

function contextOf({ leaf, ca = [], crl }: Side) {
  return {
    ...(leaf && { cert: leaf.chain, key: leaf.key }),
    ca: [...ca],
    ...(crl && { crl: [...crl] }),
    rejectUnauthorized: false,
  };
}

function factsOf(read: ReadHandshake, { ca = [], findsRevoked = false }: Side): TlsFacts {
  const authorities = ca.map((pem) => new X509Certificate(pem));
  return tlsFactsOf(read, { authorities, revocation: findsRevoked ? 'CERT_REVOKED' : undefined });
}
