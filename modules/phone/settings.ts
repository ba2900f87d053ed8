import type { ListenSocket } from '../../runtime/module-exports.ts';

/** What the page is told of the host that serves it. */
export interface PageSettings {
  readonly title: string;
  /** Where SIP over WebSocket is to be had, plain ones first. */
  readonly servers: readonly string[];
  /** Of the SIP addresses; undefined: the host of the chosen server. */
  readonly domain: string | undefined;
}

/**
 * The URLs of the sockets for browsers. One that is bound to every address is named by the host that the page was
 * asked for by, since the browser has reached that one.
 */
export function webSocketUrls(sockets: readonly ListenSocket[], askedHost: string): readonly string[] {
  const urls = sockets
    .filter(({ protocol }) => protocol === 'ws' || protocol === 'wss')
    .map((socket) => `${socket.protocol}://${hostOf(socket, askedHost)}:${socket.port}/`);
  return [...new Set(urls)].sort(
    (one, other) => Number(one.startsWith('wss')) - Number(other.startsWith('wss')),
  );
}

function hostOf({ address, family }: ListenSocket, askedHost: string): string {
  if (address === '0.0.0.0' || address === '::') return askedHost;
  return family === 6 ? `[${address}]` : address;
}
