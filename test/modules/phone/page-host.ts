/** A host that serves the page, with the module as it was built into dist/. */

import { fileURLToPath } from 'node:url';
import { createHost, type Host } from '../../../runtime/index.ts';
import { type CollectedLog, collectLog } from '../../runtime/host/host-tools.ts';

export const builtModules = fileURLToPath(new URL('../../../../dist/modules', import.meta.url));

export interface PageHost {
  readonly host: Host;
  /** Of the page. */
  readonly port: number;
  readonly log: CollectedLog;
}

/** Starts a config with a page at any free port; `lines` come behind it. */
export async function startPage(lines: readonly string[] = []): Promise<PageHost> {
  const config = [
    'socket=ws:127.0.0.1:8080',
    `mpath="${builtModules}"`,
    'loadmodule "proto_ws.so"',
    'loadmodule "phone.so"',
    'modparam("phone", "port", 0)',
    ...lines,
    'route { exit; }',
  ];
  const log = collectLog();
  const host = await createHost({
    config: config.join('\n'),
    name: 'phone.cfg',
    log: log.log,
    listenOn: () => '127.0.0.1:0',
  });
  await host.start();
  return { host, port: pagePort(log), log };
}

/** As the log tells it. */
export function pagePort(log: CollectedLog): number {
  const told = log.from('child_init').join('\n');
  return Number(/:(\d+)\/$/m.exec(told)?.[1]);
}
