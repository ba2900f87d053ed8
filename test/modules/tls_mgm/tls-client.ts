import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import { WebSocket } from 'ws';
import type { Leaf } from '../../pki/index.ts';
import { requestText } from '../../runtime/host/host-tools.ts';
import { type Place, shown, type TlsHost } from './tls-host.ts';

/** What a client is like. */
export interface ClientFacts {
  readonly sni?: string | undefined;
  readonly leaf?: Leaf | undefined;
  readonly options?: ConnectionOptions;
}

/** What a script says of a connection, in the order of `tls-host.ts`. */
export interface ScriptView {
  /** $tls_my_subject_cn */
  readonly shown: string;
  readonly version: string;
  /** $tls_peer_verified, _expired, _revoked and _selfsigned, one digit each. */
  readonly flags: string;
  /** is_peer_verified() */
  readonly verified: string;
  /** $tls_peer_subject_cn */
  readonly peer: string;
  readonly cipher: string;
}

/** How one client fared. */
export interface Visit {
  /** The common name of the certificate that the server showed; undefined where the client has got none. */
  readonly certificate: string | undefined;
  /** Undefined: the server has let nothing through. */
  readonly script: ScriptView | undefined;
  /** The code of the client's error. */
  readonly error: string | undefined;
  readonly resumed: boolean;
}

/** Connects, sends one request, and tells what came of it when both sides are done with it. */
export async function visit(host: TlsHost, place: Place, client: ClientFacts = {}): Promise<Visit> {
  const came = await (host.protocol === 'wss' ? visitByWebSocket(place, client) : visitByTls(place, client));
  await host.settled();
  return came;
}

export function clientOptions({ sni, leaf, options }: ClientFacts): ConnectionOptions {
  return {
    rejectUnauthorized: false,
    ...(sni !== undefined && { servername: sni }),
    ...(leaf && { cert: leaf.chain, key: leaf.key }),
    ...options,
  };
}

function visitByTls({ address, port }: Place, client: ClientFacts): Promise<Visit> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port, ...clientOptions(client) });
    let certificate: string | undefined;
    let error: string | undefined;
    let resumed = false;
    let text = '';
    const finish = (script: ScriptView | undefined) => {
      resolve({ certificate, script, error, resumed });
      socket.destroy();
    };
    socket.once('secureConnect', () => {
      certificate = shownName(socket);
      resumed = socket.isSessionReused();
      socket.write(requestText());
    });
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (text.endsWith('\r\n\r\n')) finish(viewOf(text));
    });
    socket.on('error', (reason) => {
      error = codeOf(reason);
    });
    socket.once('close', () => finish(undefined));
  });
}

function visitByWebSocket(place: Place, client: ClientFacts): Promise<Visit> {
  return new Promise((resolve) => {
    const options = { ...clientOptions(client), origin: 'https://localhost' };
    const socket = new WebSocket(`wss://${shown(place)}/`, 'sip', options);
    let certificate: string | undefined;
    let error: string | undefined;
    socket.once('upgrade', (response) => {
      certificate = shownName(response.socket as TLSSocket);
    });
    socket.once('open', () => socket.send(requestText()));
    socket.once('message', (data) => {
      resolve({ certificate, script: viewOf(String(data)), error, resumed: false });
      socket.terminate();
    });
    socket.on('error', (reason) => {
      error = codeOf(reason);
    });
    socket.once('close', () => resolve({ certificate, script: undefined, error, resumed: false }));
  });
}

function shownName(socket: TLSSocket): string | undefined {
  const { subject } = socket.getPeerCertificate();
  return [subject?.CN ?? []].flat()[0];
}

function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : error.message;
}

function viewOf(reply: string): ScriptView {
  const [, reason = ''] = /^SIP\/2\.0 200 (.*)\r\n/.exec(reply) ?? [];
  const [name = '', version = '', flags = '', verified = '', peer = '', cipher = ''] = reason.split(' ');
  return { shown: name, version, flags, verified, peer, cipher };
}
