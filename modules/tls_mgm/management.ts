import type {
  ByteStream,
  CheckSurroundings,
  ConnectionReuse,
  ConnectTarget,
  ModuleFinding,
  ModuleHost,
  ScriptRun,
  ToolAnswer,
} from '../../runtime/module-exports.ts';
import { ServerHandshakes } from './accept.ts';
import type { ChosenDomain, DomainQuestion, TlsApi, TlsProfile, TlsStreams } from './api.ts';
import { avpName, type ClientDomainChoice, clientDomainOf } from './client-domain.ts';
import { checkDomains } from './domain-checks.ts';
import { chooseDomain } from './domain-choice.ts';
import { type ReadDomains, readDomains } from './domains.ts';
import { explain } from './explain.ts';
import { finding } from './findings.ts';
import { LoadedDomains } from './loaded-domains.ts';
import type { DomainMaterial } from './material.ts';
import { ParamLines } from './param-lines.ts';
import { paramSchemas } from './parameters.ts';
import type { ReadingTools } from './reading-tools.ts';
import { readAll } from './secure-domains.ts';
import { SecuredStreams } from './secured-streams.ts';
import { TlsStatistics } from './statistics.ts';
import { TicketKeyring } from './ticket-keys.ts';
import type { TlsContext, TlsLimits } from './tls-context.ts';
import { TlsError } from './tls-error.ts';
import type { TlsFacts } from './tls-facts.ts';
import { createTlsStreams } from './tls-streams.ts';
import { UncheckedNames } from './unchecked-names.ts';

/** Parameters of the module as a whole that are numbers. */
type NumberName =
  | 'tls_accept_timeout'
  | 'tls_handshake_timeout'
  | 'tls_send_timeout'
  | 'tls_max_hello'
  | 'tls_reload_on_hup'
  | 'tls_watch';

/** The domains of one host from the config to connections. */
export class TlsManagement implements TlsApi {
  readonly #host: ModuleHost;
  readonly #lines = new ParamLines();
  readonly #handshakes = new ServerHandshakes();
  readonly #secured = new SecuredStreams();
  readonly #loaded: LoadedDomains;
  readonly #context: Omit<TlsContext, 'limits'>;
  readonly #attempts = new Set<() => void>();
  readonly reuse: ConnectionReuse = {
    keyOf: (target) => this.#reuseKey(target),
    // As in OpenSIPS one that a client has opened carries everything.
    fits: ({ stream }, key) => {
      const secured = this.#secured.get(stream);
      return !secured || secured.side === 'server' || reuseKey(secured.domain, secured.serverName) === key;
    },
  };

  constructor(host: ModuleHost) {
    this.#host = host;
    this.#lines.add(host.params, Object.keys(paramSchemas));
    const statistics = new TlsStatistics(host.statistics);
    this.#loaded = new LoadedDomains({
      log: host.log,
      timers: host.timers,
      statistics,
      keyring: new TicketKeyring(),
      watchServer: this.#handshakes.watch,
      define: () => this.#read(),
      reading: () => this.#tools(),
    });
    this.#context = {
      host,
      statistics,
      secured: this.#secured,
      now,
      domains: () => this.#loaded.current,
      attempts: this.#attempts,
      uncheckedNames: new UncheckedNames(host.log),
    };
    this.#context.statistics.watchAccepting(() => this.#handshakes.size);
  }

  adopt(module: string, params: ModuleHost['params']): void {
    const names = Object.keys(paramSchemas);
    // From 2.2 on the times of that module are its own.
    const isTime = (name: string) => name.endsWith('_timeout');
    const adopted = this.#host.version === '2.1' ? names : names.filter((name) => !isTime(name));
    this.#lines.add(params, adopted, module);
  }

  get sendTimeout(): number {
    return this.#number('tls_send_timeout');
  }

  streams(profile: TlsProfile = {}): TlsStreams {
    return createTlsStreams(profile, {
      ...this.#context,
      limits: this.#limits(),
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

  serverDomain({ address, port, name }: DomainQuestion): ChosenDomain | undefined {
    const found = this.#loaded.current.server({ address, port, name });
    return found && chosen(found.domain.name, found.material);
  }

  clientDomain({ address, port, name }: DomainQuestion): ChosenDomain | undefined {
    const { list, client } = this.#loaded.current;
    const domain = chooseDomain(list.client, { address, port, name });
    const found = domain && client(domain);
    return found && chosen(found.domain.name, found.material);
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
    await this.#loaded.load();
    if (this.#number('tls_reload_on_hup') === 1) {
      this.#host.onReload(() => this.#loaded.reloadQuietly('SIGHUP'));
    }
    const seconds = this.#number('tls_watch');
    if (seconds > 0) this.#loaded.watch(seconds * 1000);
  }

  stop(): void {
    this.#loaded.stop();
    for (const abort of this.#attempts) abort();
  }

  reload(): Promise<void> {
    return this.#loaded.reload();
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
    return clientDomainOf(target, this.#loaded.current, {
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
    return { resolvePath, now, environment: process.env, becomes: around?.becomes };
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

  #limits(): TlsLimits {
    return {
      acceptTimeout: this.#number('tls_accept_timeout'),
      handshakeTimeout: this.#number('tls_handshake_timeout'),
      maxHello: this.#number('tls_max_hello'),
    };
  }

  /** The last value, else the default. */
  #number(name: NumberName): number {
    return Number(this.#lines.last(name)?.text ?? paramSchemas[name].default);
  }
}

function chosen(name: string, { options, verify, require, verifyHostname }: DomainMaterial): ChosenDomain {
  return { name, options, verify, require, verifyHostname };
}

function reuseKey(domain: string, serverName: string | undefined): string {
  return `${domain} ${serverName ?? ''}`;
}

function now(): Date {
  return new Date();
}

function textOf(value: ModuleHost['params'][string]): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
