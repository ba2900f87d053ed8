import type { ModuleHost, ScriptRun } from '../../runtime/module-exports.ts';
import { PingCells } from './ping-cells.ts';
import { PingRequests } from './ping-request.ts';
import type { PingSettings } from './ping-settings.ts';
import { PingWay } from './ping-way.ts';
import { socketNamed } from './socket-name.ts';
import type { PingedContact, UserLocation } from './usrloc-api.ts';

/** The latency of a contact that has not answered, in microseconds, as in OpenSIPS: 30 minutes. */
const noAnswer = 1_800_000_000;

const noNatFlag = 'bad config - ping_nated_only enabled, but no nat bflag set in usrloc module';

type Host = Pick<
  ModuleHost,
  'connections' | 'sending' | 'routing' | 'log' | 'flags' | 'timers' | 'params' | 'sockets'
>;

/**
 * Pings the contacts of usrloc: each second those whose turn it is, so that they are spread over the interval. One timer
 * serves all.
 */
export class Pinger {
  /** nh_enable_ping */
  enabled = true;
  readonly #host: Host;
  readonly #settings: PingSettings;
  readonly #location: UserLocation;
  readonly #requests: PingRequests;
  readonly #way: PingWay;
  readonly #cells: PingCells;
  #ticks = 0;
  /** The contacts of an earlier second are still being read from a database. */
  #reading = false;

  constructor(host: Host, settings: PingSettings, location: UserLocation) {
    this.#host = host;
    this.#settings = settings;
    this.#location = location;
    this.#requests = new PingRequests(host.routing, settings.method, settings.from);
    this.#way = new PingWay(host, {
      streams: settings.streams,
      socket: socketNamed(String(host.params.force_socket ?? ''), host),
    });
    this.#cells = new PingCells(
      {
        threshold: settings.threshold * 1000,
        forgetAfter: settings.interval * 2000,
        mostLost: settings.mostLost,
        removes: ({ branchFlags }) => (branchFlags & this.#mask(settings.removeFlag)) !== 0,
      },
      {
        answered: (contact, milliseconds) => this.#tellLatency(contact, Math.round(milliseconds * 1000)),
        lost: (contact, gone) => this.#lost(contact, gone),
      },
    );
  }

  /** Errors: the flag of ping_nated_only is not named. */
  start(): void {
    if (this.#settings.natedOnly && this.#location.natFlag === 0) throw new Error(noNatFlag);
    this.#host.timers.every(1000, () => this.tick());
  }

  tick(): void {
    const now = this.#host.timers.now();
    this.#cells.check(now);
    this.#ticks++;
    if (!this.enabled || this.#reading) return;
    const { interval, partitions, natedOnly } = this.#settings;
    const flags = natedOnly ? this.#location.natFlag : 0;
    const parts = partitions * interval;
    for (let partition = 0; partition < partitions; partition++) {
      const part = partition * interval + (this.#ticks % interval);
      const found = this.#location.contacts({ flags, part, parts });
      if (found instanceof Promise) void this.#pingRead(found, part, parts);
      else this.#pingAll(found);
    }
  }

  /** True for a reply to one of its requests. */
  takeReply({ message }: ScriptRun): boolean {
    const ping = this.#requests.answeredBy(message);
    if (!ping) return false;
    if (!this.#settings.ignoredCodes.has(message.statusCode))
      this.#cells.answered(ping.contact, ping.label, this.#host.timers.now());
    return true;
  }

  /** A database hands over all contacts at once: their numbers tell whose turn it is. */
  async #pingRead(found: Promise<Iterable<PingedContact>>, part: number, parts: number): Promise<void> {
    this.#reading = true;
    try {
      const contacts = [...(await found)];
      this.#pingAll(contacts.filter(({ id }) => BigInt(id) % BigInt(parts) === BigInt(part)));
    } catch (error) {
      this.#host.log.error('nh_timer', `failed to fetch contacts: ${String(error)}`);
    } finally {
      this.#reading = false;
    }
  }

  #pingAll(contacts: Iterable<PingedContact>): void {
    for (const contact of contacts) this.#ping(contact);
  }

  /**
   * Deviation: on streams and WebSocket a ping without a request is a line end, which RFC 3261 §7.5 lets the peer skip;
   * OpenSIPS sends four zero bytes there too, which no SIP parser takes.
   */
  #ping(contact: PingedContact): void {
    if ((contact.branchFlags & this.#mask(this.#settings.sipFlag)) === 0) {
      this.#way.send(contact, ({ protocol }) => (protocol === 'udp' ? '\0\0\0\0' : '\r\n'));
      return;
    }
    const label = this.#requests.nextLabel();
    const sent = this.#way.send(contact, (socket) => this.#requests.print(contact, label, socket));
    if (sent && this.#isFollowed(contact)) this.#cells.sent(contact, label, this.#host.timers.now());
  }

  #isFollowed({ branchFlags }: PingedContact): boolean {
    const { latencyFlag, removeFlag } = this.#settings;
    return (branchFlags & (this.#mask(latencyFlag) | this.#mask(removeFlag))) !== 0;
  }

  #lost(contact: PingedContact, gone: boolean): void {
    this.#tellLatency(contact, noAnswer);
    if (!gone) return;
    const { log } = this.#host;
    if (log.debugOn) log.debug('ping_checker_timer', `<${contact.uri}> has not answered, it is removed`);
    const removed = this.#location.remove(contact);
    if (removed instanceof Promise) removed.catch((error) => log.error('ping_checker_timer', String(error)));
  }

  #tellLatency(contact: PingedContact, microseconds: number): void {
    if ((contact.branchFlags & this.#mask(this.#settings.latencyFlag)) !== 0)
      this.#location.setLatency(contact, microseconds);
  }

  #mask(flag: string | undefined): number {
    return flag === undefined ? 0 : this.#host.flags.branch(flag);
  }
}
