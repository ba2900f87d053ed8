import type jssip from 'jssip';
import { WebSocket } from 'ws';

type JsSipSocket = InstanceType<typeof jssip.WebSocketInterface>;

/** The socket that JsSIP asks for, on a WebSocket of npm's ws; `ca`: whom it trusts where the URL is wss. */
export function jssipSocket(url: string, ca: readonly string[] = []): JsSipSocket {
  let socket: WebSocket | undefined;
  const { host, protocol } = new URL(url);
  const nothing = () => undefined;
  const own: JsSipSocket = {
    url,
    via_transport: protocol === 'wss:' ? 'WSS' : 'WS',
    sip_uri: `sip:${host};transport=ws`,
    onconnect: nothing,
    ondisconnect: nothing,
    ondata: nothing,
    connect() {
      socket = new WebSocket(url, 'sip', { ca: [...ca] });
      socket.on('open', () => own.onconnect());
      socket.on('message', (data) => own.ondata(data.toString()));
      socket.on('error', nothing);
      socket.on('close', (code, reason) => own.ondisconnect(code !== 1000, code, reason.toString()));
    },
    disconnect() {
      socket?.close();
    },
    send(message) {
      if (socket?.readyState !== WebSocket.OPEN) return false;
      socket.send(String(message));
      return true;
    },
    isConnected: () => socket?.readyState === WebSocket.OPEN,
    isConnecting: () => socket?.readyState === WebSocket.CONNECTING,
  };
  return own;
}

/** What JsSIP has and its published types leave out. */
export interface SendsOptions {
  sendOptions(
    target: string,
    body: string | undefined,
    options: {
      readonly eventHandlers: {
        succeeded(event: { readonly response: { readonly status_code: number } }): void;
        failed(event: { readonly cause: string }): void;
      };
    },
  ): void;
}
