import { isIP, type Socket } from 'node:net';
import { checkServerIdentity, connect, type PeerCertificate, type TLSSocket } from 'node:tls';
import type { Logger } from '../../runtime/module-exports.ts';
import { addressAndPort } from './address-filter.ts';
import type { HandshakeTimeout } from './api.ts';
import { failureText } from './handshake-failures.ts';
import { verifyPeer } from './peer-verification.ts';
import type { ClientDomain } from './secure-domains.ts';
import { comparableName } from './server-name.ts';
import type { TlsContext } from './tls-context.ts';
import { reasonCodeOf, TlsError } from './tls-error.ts';
import { type ReadHandshake, readHandshake } from './tls-facts.ts';
import { methodText } from './tls-method.ts';

/** What a handshake with a server is for. */
export interface ClientTarget {
  readonly address: string;
  readonly port: number;
  /** Sent as server name, and what the certificate must name; undefined: nothing is known but the address. */
  readonly serverName: string | undefined;
  readonly domain: ClientDomain;
  readonly timeout: HandshakeTimeout;
}

/** Secures a stream that has just been opened; it is gone where that fails. Errors: TlsError. */
export async function secureAsClient(
  stream: Socket,
  target: ClientTarget,
  context: TlsContext,
): Promise<TLSSocket> {
  const { domain, serverName } = target;
  const { verify, verifyHostname } = domain.material;
  if (verify && verifyHostname && serverName === undefined) {
    context.uncheckedNames.tell(domain.domain.name, addressAndPort(target.address, target.port));
  }
  try {
    const { socket, read } = await handshake(stream, target, context);
    const { facts, refusal } = await verifyPeer(read, domain.material, context.now());
    if (refusal !== undefined) {
      socket.destroy();
      throw new TlsError(refusal, refusal);
    }
    context.secured.add(socket, { facts, side: 'client', domain: domain.domain.name, serverName });
    const { name } = domain.domain;
    const { log } = context.host;
    const to = addressAndPort(target.address, target.port);
    socket.on('error', (error) => tellAlert(error, to, log));
    if (log.infoOn) {
      log.info(
        'tls_connect',
        `New TLS connection to ${to} established (${facts.protocol}, ${facts.cipher}, domain ${name})`,
      );
    }
    context.statistics.completed({
      side: 'client',
      version: facts.protocol,
      cipher: facts.cipher,
      domain: name,
      resumed: read.resumed,
    });
    return socket;
  } catch (error) {
    const code = reasonCodeOf(error);
    const message = error instanceof Error ? error.message : String(error);
    context.statistics.failed('client', code);
    const named = serverName === undefined ? 'no server name' : `server name ${serverName}`;
    throw new TlsError(
      code,
      `New TLS connection to ${addressAndPort(target.address, target.port)} failed: ${failureText(code, message)} (${named}, domain ${domain.domain.name} offers ${methodText(domain.material.method)})`,
    );
  }
}

interface Handshake {
  readonly socket: TLSSocket;
  readonly read: ReadHandshake;
}

function handshake(
  stream: Socket,
  { domain, serverName, timeout }: ClientTarget,
  { host, attempts }: TlsContext,
): Promise<Handshake> {
  const { verify, verifyHostname } = domain.material;
  return new Promise((resolve, reject) => {
    const socket = connect({
      socket: stream,
      secureContext: domain.context,
      rejectUnauthorized: verify,
      ...(serverName !== undefined && { servername: serverName }),
      checkServerIdentity: (_host: string, certificate: PeerCertificate) =>
        verifyHostname && serverName !== undefined ? checkServerIdentity(serverName, certificate) : undefined,
    });
    // It stays: an error that comes while the peer is verified would have nobody to hear it.
    socket.on('error', ignore);
    const settle = (): void => {
      timer.cancel();
      attempts.delete(abort);
      socket.off('error', fail).off('close', onClose);
    };
    const fail = (error: Error): void => {
      settle();
      socket.destroy();
      reject(error);
    };
    const onClose = (): void => fail(new TlsError('ECONNRESET', 'closed'));
    const abort = (): void => fail(new TlsError('stopping', 'the host is stopping'));
    attempts.add(abort);
    // Deviation: the whole handshake, not each wait for a write, so that it bounds what a message waits.
    const timer = host.timers.deadline(timeout.milliseconds, () =>
      fail(new TlsError('timeout', `not done after ${timeout.milliseconds} ms (${timeout.param})`)),
    );
    socket.on('error', fail).on('close', onClose);
    socket.once('secureConnect', () => {
      settle();
      resolve({ socket, read: readHandshake(socket) });
    });
  });
}

function ignore(): void {}

/**
 * In TLS 1.3 a client is through before the server has judged its certificate (RFC 8446 §4.4.2.4), so that a refusal
 * comes as an alert on a connection that is open.
 */
function tellAlert(error: Error, to: string, log: Logger): void {
  const code = reasonCodeOf(error);
  if (!code.startsWith('ERR_SSL_')) return;
  log.error('tls_connect', `TLS connection to ${to} ended: ${failureText(code, error.message)}`);
}

/** What may be sent as server name: RFC 6066 §3 leaves addresses out, and the dot at the end. */
export function serverNameOf(host: string | undefined): string | undefined {
  if (host === undefined || isIP(host.replace(/^\[|\]$/g, '')) !== 0) return undefined;
  return comparableName(host) || undefined;
}
