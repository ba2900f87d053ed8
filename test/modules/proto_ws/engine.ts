import type { Role } from './frame-rows.ts';
import { goodAnswer, openRawServer, requestText, upgraded, type WireReader } from './wire.ts';
import { type HostSettings, type OnMessage, openWebSocketHost, type WebSocketHost } from './ws-host.ts';

/** The module in one role, with raw peers that a test plays itself. */
export interface Engine {
  readonly host: WebSocketHost;
  /** The far end of a fresh connection, its handshake done. */
  peer(): Promise<WireReader>;
  close(): Promise<void>;
}

export async function openEngine(
  role: Role,
  params: Readonly<Record<string, number | string>>,
  onMessage: OnMessage,
  settings: HostSettings = {},
): Promise<Engine> {
  const host = await openWebSocketHost(params, onMessage, {}, settings);
  if (role === 'server') {
    return { host, peer: async () => upgraded(await host.dial()), close: () => host.close() };
  }
  const server = await openRawServer(settings.address);
  return {
    host,
    async peer() {
      const connected = host.connect(server.port);
      const reader = await server.accepted();
      reader.socket.write(requestText(goodAnswer(await reader.head())));
      await connected;
      return reader;
    },
    async close() {
      await host.close();
      await server.close();
    },
  };
}
