/** A host between a caller and a callee. */
import type { Host, HostOptions } from '../../runtime/index.ts';
import { type CollectedLog, collectLog, hostOf } from '../runtime/host/host-tools.ts';
import { Phones } from './udp-phones.ts';

export interface PhonesHost {
  readonly host: Host;
  readonly log: CollectedLog;
  readonly phones: Phones;
  /** The port that the caller sends to. */
  readonly port: number;
  close(): Promise<void>;
}

/** `$(port)` in the script is the port of the callee. */
export async function phonesHost(
  lines: readonly string[],
  script: readonly string[],
  options: HostOptions,
): Promise<PhonesHost> {
  const phones = await Phones.open();
  const log = collectLog();
  const config = [
    'socket=udp:127.0.0.1:5060',
    ...lines,
    ...script.map((line) => line.replaceAll('$(port)', String(phones.callee.port))),
    '',
  ].join('\n');
  const host = await hostOf(config, { log: log.log, ...options });
  await host.start();
  return {
    host,
    log,
    phones,
    port: host.listeners[0]?.port ?? 0,
    async close() {
      await host.stop();
      phones.close();
    },
  };
}

export const loading = (...names: readonly string[]) => names.map((name) => `loadmodule "${name}.so"`);
