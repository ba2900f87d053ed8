import { constants } from 'node:crypto';
import { createSecureContext, createServer, type SecureContext, type Server } from 'node:tls';
import type { ModuleFinding } from '../../runtime/module-exports.ts';
import { type ChoiceFacts, chooseDomain } from './domain-choice.ts';
import type { DomainList, TlsDomain } from './domains.ts';
import { stateOf } from './file-watch.ts';
import { type DomainMaterial, readMaterial } from './material.ts';
import type { ReadingTools } from './reading-tools.ts';
import { SourceFiles } from './source-files.ts';
import type { DomainSessions, TicketKeyring } from './ticket-keys.ts';

/** A server domain ready for connections. */
export interface ServerDomain {
  readonly domain: TlsDomain;
  readonly material: DomainMaterial;
  /** Never listens: it is handed streams. */
  readonly server: Server;
  readonly sessions: DomainSessions;
}

/** A client domain ready for connections. */
export interface ClientDomain {
  readonly domain: TlsDomain;
  readonly material: DomainMaterial;
  readonly context: SecureContext;
}

/** All domains as one reading of their files made them; a reload makes another set. */
export interface SecureDomains {
  readonly list: DomainList;
  /** The domain of a connection that comes in; undefined where none matches. */
  server(facts: ChoiceFacts): ServerDomain | undefined;
  client(domain: TlsDomain): ClientDomain | undefined;
  /** All materials, those of servers first. */
  readonly all: readonly { readonly domain: TlsDomain; readonly material: DomainMaterial }[];
  /** What should be told of them. */
  readonly findings: readonly ModuleFinding[];
  /** All files and folders that were read. */
  readonly paths: ReadonlySet<string>;
  /** Their state when they were read, as a watch tells it. */
  readonly state: string;
}

/** Tells a server's handshakes to whoever began them. */
export type WatchServer = (server: Server) => void;

export interface BuildTools extends ReadingTools {
  readonly keyring: TicketKeyring;
  readonly watchServer: WatchServer;
}

export interface ReadSet {
  readonly materials: ReadonlyMap<TlsDomain, DomainMaterial>;
  readonly findings: readonly ModuleFinding[];
  readonly failed: boolean;
  readonly paths: ReadonlySet<string>;
  readonly state: string;
}

/** Reads the files of all domains, each once. */
export async function readAll(list: DomainList, tools: ReadingTools): Promise<ReadSet> {
  const sources = new SourceFiles();
  const materials = new Map<TlsDomain, DomainMaterial>();
  for (const domain of [...list.server, ...list.client]) {
    materials.set(domain, await readMaterial(domain, tools, sources));
  }
  const all = [...materials.values()];
  const findings = withoutDoubles(all.flatMap((material) => material.findings));
  const paths = new Set(all.flatMap((material) => material.paths));
  return {
    materials,
    findings,
    failed: findings.some(({ severity }) => severity === 'error'),
    paths,
    state: stateOf(paths, (path) => sources.stateOf(path)),
  };
}

/** The default domain of both sides is made of the same lines. */
function withoutDoubles(findings: readonly ModuleFinding[]): ModuleFinding[] {
  const seen = new Set<string>();
  return findings.filter((each) => {
    const key = JSON.stringify([each.code, each.message, each.param, each.at]);
    return !seen.has(key) && seen.add(key) !== undefined;
  });
}

/** Makes what connections need of what was read without an error. */
export function buildDomains(list: DomainList, read: ReadSet, tools: BuildTools): SecureDomains {
  const { materials, findings, paths, state } = read;
  const servers = new Map<TlsDomain, ServerDomain>();
  const clients = new Map<TlsDomain, ClientDomain>();
  for (const [domain, material] of materials) {
    if (domain.side === 'server') servers.set(domain, serverDomain(domain, material, tools));
    else clients.set(domain, { domain, material, context: createSecureContext(material.options) });
  }
  return {
    list,
    server(facts) {
      const domain = chooseDomain(list.server, facts);
      return domain && servers.get(domain);
    },
    client: (domain) => clients.get(domain),
    all: [...servers.values(), ...clients.values()],
    findings,
    paths,
    state,
  };
}

function serverDomain(
  domain: TlsDomain,
  material: DomainMaterial,
  { keyring, watchServer }: BuildTools,
): ServerDomain {
  const sessions = keyring.sessionsOf(domain, material.trust);
  const server = createServer({
    ...material.options,
    ...sessions.keys,
    requestCert: material.verify,
    // Deviation: whoever fails is let go without an alert, because Node verifies when the handshake is done.
    rejectUnauthorized: material.require,
    secureOptions: constants.SSL_OP_NO_RENEGOTIATION,
    // tls_accept_timeout ends handshakes that take too long, not Node's own two minutes.
    handshakeTimeout: 2 ** 31 - 1,
  });
  watchServer(server);
  return { domain, material, server, sessions };
}
