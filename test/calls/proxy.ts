import { createHost } from '../../runtime/index.ts';
import { collectLog } from '../runtime/host/host-tools.ts';
import { Phone, type PhoneOptions } from './phone.ts';
import type { PassingTime, Stage } from './player.ts';
import type { Transport } from './link.ts';

/** A proxy under test. */
export interface Proxy {
  readonly ports: Readonly<Partial<Record<Transport, number>>>;
  /** Of the users that it serves: its address with the port of its socket of udp. */
  readonly domain: string;
  readonly time: PassingTime;
  /** Lines of its log. */
  readonly log: readonly string[];
  statistic(name: string): number | undefined;
  stop(): Promise<void>;
}
