import { setImmediate as turn } from 'node:timers/promises';
import type { Host } from '../../../runtime/index.ts';
import { type CollectedLog, collectLog, hostOf } from '../../runtime/host/host-tools.ts';
import { VirtualClock } from '../../runtime/virtual-clock.ts';
import { Peer } from './peers.ts';
import type { Peers, Target } from './play.ts';
import { closedPort } from './ports.ts';
import { type Group, type Measured, type Places, peerNames, routesOf } from './scenario.ts';

/** A host for all rows of a group, with its peers. */
export interface Stage {
  readonly host: Host;
  readonly clock: VirtualClock;
  readonly peers: Peers;
  readonly places: Places;
  readonly log: CollectedLog;
}

export async function openStage(measured: Measured, group: Group): Promise<Stage> {
  const opened = await Promise.all(
    peerNames.map(async (name) => {
      const peer = new Peer();
      await peer.open();
      return [name, peer] as const;
    }),
  );
  const peers = Object.fromEntries(opened) as Record<(typeof peerNames)[number], Peer>;
  const places: Places = {
    ...Object.fromEntries(opened.map(([name, peer]) => [name, `127.0.0.1:${peer.port}`])),
    dead: `127.0.0.1:${await closedPort()}`,
  };
  const config = [
    'log_level=2',
    'server_signature=no',
    'socket=udp:127.0.0.1:5060',
    'socket=tcp:127.0.0.1:5060',
    ...measured.modules,
    ...group.config,
    routesOf(group, places),
  ].join('\n');
  const clock = new VirtualClock();
  const log = collectLog();
  const host = await hostOf(config, { version: measured.version, log: log.log, clock });
  await host.start();
  return { host, clock, peers, places, log };
}

let pings = 0;

/** Its answer comes behind all that a host makes of what was sent to it before. */
async function ping(peer: Peer, port: number): Promise<void> {
  pings += 1;
  const id = `ping-${pings}`;
  await peer.send(
    [
      'OPTIONS sip:ping@example.com SIP/2.0',
      `Via: SIP/2.0/UDP 127.0.0.1:${peer.port};branch=z9hG4bK-${id}`,
      'From: <sip:ping@example.com>;tag=p',
      'To: <sip:ping@example.com>',
      `Call-ID: ${id}`,
      'CSeq: 1 OPTIONS',
      'X-Row: ping',
      'Content-Length: 0',
      '',
      '',
    ].join('\r\n'),
    port,
  );
  while (!peer.got.at(-1)?.includes(`Call-ID: ${id}\r\n`)) {
    if (peer.got.some((text) => text.includes(`Call-ID: ${id}\r\n`))) break;
    await turn();
  }
}

export function targetOf({ host, clock, peers, log }: Stage): Target {
  const port = host.listeners.find(({ protocol }) => protocol === 'udp')?.port ?? 0;
  return {
    port,
    lines: log.lines,
    pause: (milliseconds) => clock.advance(milliseconds),
    async settle(isAll) {
      const end = Date.now() + 1000;
      do {
        await ping(peers.a, port);
        await turn();
      } while (!isAll() && Date.now() < end);
    },
  };
}

export async function closeStage({ host, peers }: Stage): Promise<void> {
  await host.stop();
  for (const peer of Object.values(peers)) peer.close();
}
