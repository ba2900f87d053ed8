import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createHost } from '../../runtime/index.ts';
import { collectLog } from '../runtime/host/host-tools.ts';
import { VirtualClock } from '../runtime/virtual-clock.ts';
import type { Transport } from './link.ts';
import { startOpensips, whyRefused } from './opensips.ts';
import { Phone, type PhoneOptions } from './phone.ts';
import type { PassingTime } from './player.ts';

export type Ports = Readonly<Partial<Record<Transport, number>>>;

/** A proxy under test. */
export interface RunningProxy {
  readonly ports: Ports;
  readonly time: PassingTime;
  /** Lines of its log. */
  readonly log: readonly string[];
  /** `group:name`; undefined of another program than tsips. */
  statistic(name: string): number | undefined;
  stop(): Promise<void>;
}

/** A config in a folder of its own; its sockets go to free ports of 127.0.0.1. */
export interface ProxyConfig {
  /** One character a byte. */
  readonly text: string;
  /** Where files are that it names without a path. */
  readonly folder: string;
  /** Its timers take their time. Default: their time is the test's. */
  readonly inRealTime?: boolean;
}

/** The program `opensips` that ladders run against instead: they are true where it keeps them, too. */
const reference = process.env.TSIPS_OPENSIPS;

/** Why a test cannot run against another program than tsips; false where tsips runs. */
export const ofTsipsAlone = reference === undefined ? false : `not shown by ${reference}`;

/** Starts tsips on a config, or the program that TSIPS_OPENSIPS names. */
export function startProxy(config: ProxyConfig): Promise<RunningProxy> {
  if (reference === undefined) return startTsips(config);
  return startOpensips(reference, { ...config, text: withPaths(config) });
}

/** Why there is nothing to be shown by a config: the program that TSIPS_OPENSIPS names is of another version. */
export function whyNotStarted(config: ProxyConfig): string | false {
  return reference === undefined ? false : whyRefused(reference, { ...config, text: withPaths(config) });
}

/** The config with its certificates by their whole path: OpenSIPS looks for them from the root. */
function withPaths({ text, folder }: ProxyConfig): string {
  return text.replace(/"(\[\w+\])?([\w-]+\.(?:pem|key))"/g, `"$1${folder}/$2"`);
}

async function startTsips({ text, folder, inRealTime = false }: ProxyConfig): Promise<RunningProxy> {
  const clock = new VirtualClock();
  const { log, lines } = collectLog();
  // Files that it names are looked for beside it.
  const own = mkdtempSync(`${folder}/tsips-`);
  const file = `${own}/opensips.cfg`;
  for (const name of readdirSync(folder).filter((each) => /\.(?:pem|key)$/.test(each)))
    copyFileSync(`${folder}/${name}`, `${own}/${name}`);
  writeFileSync(file, text, 'latin1');
  const host = await createHost({
    file,
    log,
    listenOn: () => '127.0.0.1:0',
    ...(inRealTime ? {} : { clock }),
  });
  await host.start();
  return {
    ports: Object.fromEntries(host.listeners.map(({ protocol, port }) => [protocol, port])),
    // A coarse timer fires up to one tick late.
    time: { pass: (milliseconds) => clock.advance(milliseconds), early: 11, late: 200, step: 10 },
    log: lines,
    statistic: (name) => host.statistics.get(name),
    async stop() {
      await host.stop();
      rmSync(own, { recursive: true, force: true });
    },
  };
}

export interface PhoneChoice {
  readonly transport: Transport;
  readonly user: string;
  readonly authority?: string;
  readonly hidesAddress?: boolean;
  readonly onMessage?: PhoneOptions['onMessage'];
}

/** The domain of its users: its address with the port of its socket of udp, which every version takes for itself. */
export function domainOf({ ports }: Pick<RunningProxy, 'ports'>): string {
  return `127.0.0.1:${ports.udp}`;
}

/** A phone of one of its users. */
export function openPhone(proxy: Pick<RunningProxy, 'ports'>, choice: PhoneChoice): Promise<Phone> {
  const { transport, authority, ...more } = choice;
  const target = { port: proxy.ports[transport] ?? 0, authority };
  return Phone.open({ ...more, transport, domain: domainOf(proxy), target });
}
