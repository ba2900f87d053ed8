import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createRandom } from '../runtime/fuzz/random.ts';
import { Agent, type Deeds } from './agent.ts';
import type { Transport } from './link.ts';
import { domainOf, openPhone, type Ports } from './proxy.ts';

const residential = fileURLToPath(new URL('../../../test/fixtures/residential/3.4.cfg', import.meta.url));

/** The residential script over udp, tcp and ws, with times short enough that all is over soon after the last call. */
export function soakConfig(): string {
  return readFileSync(residential, 'latin1')
    .replace(/^.*(?:wss|tls_).*\n/gm, '')
    .replace('"fr_timeout", 5)', '"fr_timeout", 2)\nmodparam("tm", "T1_timer", 100)')
    .replace('"fr_inv_timeout", 30)', '"fr_inv_timeout", 4)')
    .replace('loadmodule "registrar.so"', '$&\nmodparam("registrar", "min_expires", 5)')
    .replace('stderror_enabled=no\nsyslog_enabled=yes', 'stderror_enabled=yes\nsyslog_enabled=no')
    .replace(/^x?log_level=3$/gm, (line) => line.replace('3', '-2'));
}

export interface CrowdOptions {
  readonly ports: Ports;
  readonly agents: number;
  readonly seconds: number;
  readonly seed: number;
  /** Milliseconds between two things that one agent does, at most. */
  readonly pace: number;
}

const ways: readonly Transport[] = ['udp', 'tcp', 'ws'];

/** Lets agents live for so long, each with random numbers of its own; answers what they did. */
export async function letAgentsLive({ ports, agents, seconds, seed, pace }: CrowdOptions): Promise<Deeds> {
  const names = Array.from({ length: agents }, (_, number) => `agent${seed}x${number}`);
  const crowd = names.map((name, number) => {
    const random = createRandom(seed * 1000 + number);
    return new Agent({
      name,
      random,
      pace,
      others: names.filter((other) => other !== name).map((other) => `sip:${other}@${domainOf({ ports })}`),
      open: (onMessage) => {
        const transport = random.pick(ways);
        return openPhone({ ports }, { user: name, transport, hidesAddress: transport === 'ws', onMessage });
      },
    });
  });
  const until = performance.now() + seconds * 1000;
  await Promise.all(crowd.map((agent) => agent.live(until)));
  return crowd.reduce<Deeds>((all, { deeds }) => {
    for (const [deed, times] of Object.entries(deeds)) all[deed] = (all[deed] ?? 0) + times;
    return all;
  }, {});
}

/** Statistics that tell what a host holds at a moment. */
const held =
  /^(?:tm:inuse_transactions|usrloc:(?:registered_users|.*-(?:users|contacts))|\w+:(?:connections|queue))$/;

export function heldBy(entries: readonly (readonly [name: string, value: number])[]): Record<string, number> {
  return Object.fromEntries(entries.filter(([name]) => held.test(name)));
}
