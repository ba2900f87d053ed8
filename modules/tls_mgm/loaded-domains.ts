import type { ModuleHost, Timer } from '../../runtime/module-exports.ts';
import { daysLeft } from './chain-checks.ts';
import type { ReadDomains } from './domains.ts';
import { FileWatch, stateOf } from './file-watch.ts';
import type { ReadingTools } from './reading-tools.ts';
import { TlsReloadError } from './reload-error.ts';
import { type BuildTools, buildDomains, readAll, type SecureDomains } from './secure-domains.ts';
import type { TlsStatistics } from './statistics.ts';

/** What the domains of a host are read with. */
export interface LoadTools extends Pick<BuildTools, 'keyring' | 'watchServer'> {
  readonly log: ModuleHost['log'];
  readonly timers: ModuleHost['timers'];
  readonly statistics: TlsStatistics;
  /** The domains as the config defines them. */
  readonly define: () => ReadDomains;
  readonly reading: () => ReadingTools;
}

/**
 * The domains of a host as their files were last read, over reloads.
 *
 * Deviation: files are read anew while the host runs, because certificates live shorter than hosts. OpenSIPS reads
 * anew what comes from a database alone.
 */
export class LoadedDomains {
  readonly #tools: LoadTools;
  readonly #watch = new FileWatch();
  #domains: SecureDomains | undefined;
  #timer: Timer | undefined;
  /** One reading at a time. */
  #reading: Promise<void> = Promise.resolve();

  constructor(tools: LoadTools) {
    this.#tools = tools;
  }

  /** Errors: Error before the first reading. */
  get current(): SecureDomains {
    if (this.#domains) return this.#domains;
    throw new Error('TLS domains are asked for before they were read');
  }

  /** Reads all files, and takes over what was read where nothing is wrong. Errors: TlsReloadError. */
  async load(): Promise<void> {
    const { define, reading, log, keyring, watchServer } = this.#tools;
    const list = define();
    for (const { name } of [...list.server, ...list.client]) {
      log.info('init_tls_dom', `Processing TLS domain '${name}'`);
    }
    if (this.#domains) this.#watch.wasRead(stateOf(this.#domains.paths));
    const read = await readAll(list, reading());
    if (read.failed) throw new TlsReloadError(read.findings);
    this.#domains = buildDomains(list, read, { ...reading(), keyring, watchServer });
    this.#watch.wasRead(read.state);
    this.#showExpiry();
  }

  /** Reads all files anew, behind a reading that goes on. Errors: TlsReloadError. */
  reload(): Promise<void> {
    const reading = this.#reading.then(() => this.#reload());
    this.#reading = reading.catch(() => undefined);
    return reading;
  }

  /** The same where nobody waits for it: the log has what went wrong. */
  async reloadQuietly(cause: string): Promise<void> {
    try {
      await this.reload();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#tools.log.error('tls_reload', `${cause}: TLS domains stay as they were: ${reason}`);
    }
  }

  /** Looks at the files again and again. `interval`: milliseconds. */
  watch(interval: number): void {
    this.#timer = this.#tools.timers.every(interval, () => {
      if (this.#watch.look(stateOf(this.current.paths))) void this.reloadQuietly('tls_watch');
    });
  }

  stop(): void {
    this.#timer?.cancel();
  }

  async #reload(): Promise<void> {
    const { statistics, log } = this.#tools;
    try {
      await this.load();
    } catch (error) {
      statistics.reloaded(false);
      throw error;
    }
    statistics.reloaded(true);
    const names = this.current.all.map(({ domain }) => `${domain.name} (${domain.side})`);
    log.notice('tls_reload', `TLS domains read anew: ${names.join(', ')}`);
    for (const { severity, message } of this.current.findings) {
      if (severity === 'warning') log.warning('tls_reload', message);
    }
  }

  /** A domain that shows no certificate has nothing that expires. */
  #showExpiry(): void {
    for (const { domain, material } of this.current.all) {
      if (material.chain.length === 0) continue;
      this.#tools.statistics.watchExpiry(domain.name, () => this.#daysLeft(domain.name));
    }
  }

  /** Of the one that ends first, where a server and a client domain have the same name. */
  #daysLeft(name: string): number {
    const now = this.#tools.reading().now();
    const named = this.current.all.filter(({ domain }) => domain.name === name);
    const leafs = named.flatMap(({ material }) => material.chain[0] ?? []);
    return Math.min(...leafs.map((leaf) => daysLeft(leaf, now)));
  }
}
