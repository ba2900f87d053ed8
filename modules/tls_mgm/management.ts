import type {
  ByteStream,
  CheckSurroundings,
  ConnectionReuse,
  ConnectTarget,
  ModuleFinding,
  ModuleHost,
  ScriptRun,
  Timer,
  ToolAnswer,
} from '../../runtime/module-exports.ts';
import { ServerHandshakes } from './accept.ts';
import type { TlsApi, TlsProfile, TlsStreams } from './api.ts';
import { avpName, type ClientDomainChoice, clientDomainOf } from './client-domain.ts';
import { checkDomains } from './domain-checks.ts';
import { type ReadDomains, readDomains } from './domains.ts';
import { explain } from './explain.ts';
import { stateOf } from './file-watch.ts';
import { finding } from './findings.ts';
import { ParamLines } from './param-lines.ts';
import { paramSchemas } from './parameters.ts';
import type { ReadingTools } from './reading-tools.ts';
import { TlsReloadError } from './reload-error.ts';
import { buildDomains, readAll, type SecureDomains } from './secure-domains.ts';
import { SecuredStreams } from './secured-streams.ts';
import { TlsStatistics } from './statistics.ts';
import { TicketKeyring } from './ticket-keys.ts';
import type { TlsContext, TlsLimits } from './tls-context.ts';
import { TlsError } from './tls-error.ts';
import type { TlsFacts } from './tls-facts.ts';
import { createTlsStreams } from './tls-streams.ts';

/** The domains of one host from the config to connections, over reloads. */
export class TlsManagement implements TlsApi {
  readonly #host: ModuleHost;
  readonly #lines = new ParamLines();
  readonly #keyring = new TicketKeyring();
  readonly #handshakes = new ServerHandshakes();
  readonly #secured = new SecuredStreams();
  readonly #context: Omit<TlsContext, 'limits'>;
  readonly reuse: ConnectionReuse = {
    keyOf: (target) => this.#reuseKey(target),
    // As in OpenSIPS one that a client has opened carries everything.
    fits: ({ stream }, key) => {
      const secured = this.#secured.get(stream);
      return !secured || secured.side === 'server' || reuseKey(secured.domain, secured.serverName) === key;
    },
  };
  #domains: SecureDomains | undefined;
  #watch: Timer | undefined;
  /** One reload at a time. */
  #reloading: Promise<void> = Promise.resolve();

  constructor(host: ModuleHost) {
    this.#host = host;
    this.#lines.add(host.params, Object.keys(paramSchemas));
    this.#context = {
      host,
      statistics: new TlsStatistics(host.statistics),
      secured: this.#secured,
      now: () => new Date(),
      domains: () => this.#current(),
    };
  }

  adopt(module: string, params: ModuleHost['params']): void {
    this.#lines.add(params, Object.keys(paramSchemas), module);
  }

  get sendTimeout(): number {
    return Number(this.#lines.last('tls_send_timeout')?.text ?? paramSchemas.tls_send_timeout.default);
  }

  streams(profile: TlsProfile = {}): TlsStreams {
    return createTlsStreams(profile, {
      ...this.#context,
      limits: limitsOf(this.#lines),
      handshakes: this.#handshakes,
      chooseClient: (target) => this.#chooseClient(target),
    });
  }

  facts(stream: ByteStream): TlsFacts | undefined {
    return this.#secured.get(stream)?.facts;
  }

  /** Of the connection that a message came by. */
  factsOf({ source }: ScriptRun): TlsFacts | undefined {
    return this.#secured.get(source.stream)?.facts;
  }

  /** What would keep a start from working, or should be told. */
  async check(around: CheckSurroundings): Promise<readonly ModuleFinding[]> {
    const list = this.#read();
    const { findings } = await readAll(list, this.#tools(around));
    return [...this.#checkOthers(), ...list.findings, ...checkDomains(list, around.sockets), ...findings];
  }

  explain(words: readonly string[], around: CheckSurroundings): ToolAnswer {
    return explain(words, this.#read(), around);
  }

  /** Reads all files for the first time. Errors: TlsReloadError. */
  async start(): Promise<void> {
    await this.#load();
    const { params, timers, onReload } = this.#host;
    if (params.tls_reload_on_hup === 1) onReload(() => this.#reloadQuietly('SIGHUP'));
    const seconds = Number(params.tls_watch ?? 0);
    if (seconds > 0) this.#watch = this.#startWatch(timers.every.bind(timers), seconds * 1000);
  }

  stop(): void {
    this.#watch?.cancel();
  }

  reload(): Promise<void> {
    const reloading = this.#reloading.then(() => this.#reload());
    this.#reloading = reloading.catch(() => undefined);
    return reloading;
  }

  async #reload(): Promise<void> {
    const { statistics } = this.#context;
    try {
      await this.#load();
      statistics.reloaded(true);
      this.#host.log.notice('tls_reload', `TLS domains read anew: ${this.#names()}`);
    } catch (error) {
      statistics.reloaded(false);
      throw error;
    }
  }

  /** Nobody waits for it: the log has what went wrong. */
  async #reloadQuietly(cause: string): Promise<void> {
    try {
      await this.reload();
    } catch (error) {
      if (!(error instanceof TlsReloadError)) throw error;
      this.#host.log.error('tls_reload', `${cause}: TLS domains stay as they were: ${error.message}`);
    }
  }

  async #load(): Promise<void> {
    const list = this.#read();
    for (const { name } of [...list.server, ...list.client]) {
      this.#host.log.info('init_tls_dom', `Processing TLS domain '${name}'`);
    }
    const read = await readAll(list, this.#tools());
    if (read.failed) throw new TlsReloadError(read.findings);
    this.#domains = buildDomains(list, read, {
      ...this.#tools(),
      keyring: this.#keyring,
      watchServer: this.#handshakes.watch,
    });
    for (const { domain } of this.#domains.all) {
      this.#context.statistics.watchExpiry(domain.name, () => this.#validTo(domain.name));
    }
  }

  #validTo(domain: string): string | undefined {
    const found = this.#domains?.all.find(
      (each) => each.domain.name === domain && each.material.chain.length > 0,
    );
    return found?.material.chain[0]?.validTo;
  }

  /** A change counts when two looks see the same: then whoever writes the files is done. */
  #startWatch(every: (milliseconds: number, call: () => void) => Timer, interval: number): Timer {
    let loaded = stateOf(this.#current().paths);
    let seen = loaded;
    return every(interval, () => {
      const state = stateOf(this.#current().paths);
      const settled = state === seen;
      seen = state;
      if (!settled || state === loaded) return;
      loaded = state;
      void this.#reloadQuietly('tls_watch');
    });
  }

  #current(): SecureDomains {
    if (this.#domains) return this.#domains;
    throw new Error('TLS domains are asked for before they were read');
  }

  #names(): string {
    return this.#current()
      .all.map(({ domain }) => `${domain.name} (${domain.side})`)
      .join(', ');
  }

  /** Where there is no domain for it, opening a connection fails, too, and tells why. */
  #reuseKey(target: Omit<ConnectTarget, 'socket'>): string {
    try {
      const { domain, serverName } = this.#chooseClient(target);
      return reuseKey(domain.domain.name, serverName);
    } catch (error) {
      if (error instanceof TlsError) return '';
      throw error;
    }
  }

  #chooseClient(target: Omit<ConnectTarget, 'socket'>): ClientDomainChoice {
    const { params, version } = this.#host;
    const lenient = version.startsWith('2.');
    const domainAvp = params.client_tls_domain_avp ?? this.#lines.last('client_domain_avp')?.text;
    return clientDomainOf(target, this.#current(), {
      domain: avpName(textOf(domainAvp)),
      sipDomain: avpName(textOf(params.client_sip_domain_avp)),
      lenient,
    });
  }

  #read(): ReadDomains {
    return readDomains(this.#lines, this.#host.version, this.#host.globPattern);
  }

  #tools(around?: CheckSurroundings): ReadingTools {
    const { resolvePath } = this.#host;
    return { resolvePath, now: this.#context.now, environment: process.env, becomes: around?.becomes };
  }

  #checkOthers(): ModuleFinding[] {
    const library = this.#lines.last('tls_library');
    const database = this.#lines.last('db_url');
    const others: ModuleFinding[] = [];
    if (library && !['auto', 'openssl'].includes(library.text)) {
      others.push(
        finding('library-without-effect', `tls_library ${library.text} changes nothing`, library.place),
      );
    }
    if (database) others.push(finding('database', 'db_url is set', database.place));
    return others;
  }
}

function reuseKey(domain: string, serverName: string | undefined): string {
  return `${domain} ${serverName ?? ''}`;
}

function limitsOf(lines: ParamLines): TlsLimits {
  const number = (name: 'tls_accept_timeout' | 'tls_handshake_timeout' | 'tls_max_hello') =>
    Number(lines.last(name)?.text ?? paramSchemas[name].default);
  return {
    acceptTimeout: number('tls_accept_timeout'),
    handshakeTimeout: number('tls_handshake_timeout'),
    maxHello: number('tls_max_hello'),
  };
}

function textOf(value: ModuleHost['params'][string]): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
