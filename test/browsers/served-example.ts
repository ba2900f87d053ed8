/** The shipped example on free ports, which a restart keeps. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHost, type Host } from '../../runtime/index.ts';
import type { ConfigFolder } from '../example-folder.ts';
import { collectLog } from '../runtime/host/host-tools.ts';

export interface ServedExample {
  /** What a browser has to trust, as PEM. */
  readonly trusted: readonly string[];
  url(protocol: 'ws' | 'wss'): string;
  /** Its connections end, and it knows nobody afterwards. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export async function serveExample({ config, certificates }: ConfigFolder): Promise<ServedExample> {
  const ports = new Map<string, number>();
  const start = async () => {
    const host = await createHost({
      file: config,
      log: collectLog(-1).log,
      listenOn: (label) => `127.0.0.1:${ports.get(label) ?? 0}`,
    });
    await host.start();
    return host;
  };
  let host: Host = await start();
  for (const { protocol, port } of host.listeners)
    ports.set(`${protocol}:127.0.0.1:${configured[protocol]}`, port);
  const portOf = (protocol: string) => host.listeners.find((each) => each.protocol === protocol)?.port;

  return {
    trusted: ['ca-cert.pem', 'localhost-cert.pem'].map((name) =>
      readFileSync(join(certificates, name), 'utf8'),
    ),
    url: (protocol) => `${protocol}://127.0.0.1:${portOf(protocol)}/`,
    async restart() {
      await host.stop();
      host = await start();
    },
    stop: () => host.stop(),
  };
}

/** As the example has them. */
const configured: Readonly<Record<string, number>> = { ws: 8080, wss: 8443, udp: 5060 };
