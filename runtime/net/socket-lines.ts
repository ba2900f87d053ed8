import type { Config, Span } from '../../grammar/index.ts';
import type { BindSocket, ListenSocket } from '../module-exports.ts';
import { expandedAddress } from '../sip/ip-address.ts';
import { familyOf, hostAndPort, isEverywhere } from './addresses.ts';
import { parseListenArgument } from './listen-argument.ts';
import { type ListenOn, type ListenTarget, listenTarget } from './listen-on.ts';
import { protocolOrder, protocols } from './protocols.ts';
import { AliasList, addConfigAliases, addReverseNames, type SocketAlias } from './socket-aliases.ts';
import { type SocketLine, socketLine } from './socket-line.ts';
import type { SystemNetwork } from './system-network.ts';

/** One socket to be opened. */
export interface SocketPlan {
  /** What the protocol is handed, but for the live socket. */
  readonly bind: Omit<BindSocket, 'socket'>;
  /** As the config has it; the host puts the real address and port in when the socket is open. */
  readonly listen: ListenSocket;
  readonly anycast: boolean;
  /** Of the config's line; absent for `-l`. */
  readonly span?: Span;
}

/** Something about a socket that keeps it from being opened (error) or that a start should say (warning). */
export interface SocketProblem {
  readonly code: 'listen-argument' | 'unknown-host' | 'foreign-address' | 'no-reverse-name';
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly span?: Span;
}

export interface ResolvedSockets {
  /** In OpenSIPS's order: by protocol, as written, those of interfaces behind them. */
  readonly sockets: readonly SocketPlan[];
  /** The newest first. */
  readonly aliases: readonly SocketAlias[];
  readonly problems: readonly SocketProblem[];
}

export interface SocketSettings {
  /** Of the loaded module; undefined where none is: then the one of OpenSIPS's module. */
  defaultPort(protocol: string): number | undefined;
  readonly network: SystemNetwork;
  readonly listenOn?: ListenOn | undefined;
  /** Arguments of `-l`. */
  readonly extra?: readonly string[];
  /** The global auto_aliases. */
  readonly autoAliases?: boolean;
}

/**
 * What a config's socket lines and `-l` mean on this machine: interfaces and `*` spelt out to their
 * addresses, names looked up, port ranges and default ports filled in, doubles left out.
 * OpenSIPS: fix_socket_list. An advertised name is not looked up.
 *
 * Deviation: OpenSIPS leaves out a socket whose host it cannot resolve and goes on; here it is an error, as
 * a listener less is seldom what was meant.
 */
export async function resolveSockets(config: Config, settings: SocketSettings): Promise<ResolvedSockets> {
  const { lines, problems } = gatherLines(config, settings);
  const found = await Promise.all(lines.map((line) => resolveLine(line, settings)));
  problems.push(...found.flatMap((result) => result.problems));
  // OpenSIPS appends the sockets of an interface to its list and drops the line.
  const plans = [
    ...found.filter((result) => !result.expanded).flatMap((result) => result.plans),
    ...found.filter((result) => result.expanded).flatMap((result) => result.plans),
  ].sort((a, b) => protocolOrder(a.bind.protocol) - protocolOrder(b.bind.protocol));

  const aliases = new AliasList();
  addConfigAliases(config, aliases);
  if (settings.autoAliases) {
    const nameless = await addReverseNames(plans, aliases, settings.network);
    problems.push(...nameless.map(noReverseName));
  }
  const sockets = withoutDoubles(plans, aliases, settings.autoAliases ?? false);
  return { sockets, aliases: aliases.all, problems };
}

function gatherLines(config: Config, { extra = [] }: SocketSettings) {
  const problems: SocketProblem[] = [];
  const lines: SocketLine[] = [];
  for (const item of config.items) if (item.kind === 'SocketDefinition') lines.push(socketLine(item));
  for (const text of extra) {
    const line = parseListenArgument(text);
    if (line) lines.push(line);
    else
      problems.push({
        code: 'listen-argument',
        severity: 'error',
        message: `bad -l address specifier: ${text}`,
      });
  }
  return { lines, problems };
}

interface ResolvedLine {
  readonly plans: readonly SocketPlan[];
  readonly problems: readonly SocketProblem[];
  /** It named an interface, or all of them. */
  readonly expanded: boolean;
}

async function resolveLine(line: SocketLine, settings: SocketSettings): Promise<ResolvedLine> {
  const ports = portsOf(line, settings);
  const elsewhere = ports.map((port) =>
    listenTarget(settings.listenOn, label(line.protocol, line.host, port)),
  );
  if (elsewhere.every((target) => target?.address !== undefined)) {
    const plans = ports.map((port, at) =>
      plan(line, line.host, elsewhere[at]?.address ?? '', port, elsewhere[at]),
    );
    return { plans, problems: [], expanded: false };
  }
  const own = settings.network.interfaces();
  const ofInterface = own.filter(({ name }) => line.host === '*' || line.host === name);
  const place = (hosts: readonly { readonly host: string; readonly address: string }[]) =>
    ports.flatMap((port, at) =>
      hosts.map(({ host, address }) => {
        const target = elsewhere[at] ?? listenTarget(settings.listenOn, label(line.protocol, host, port));
        return plan(line, host, address, port, target);
      }),
    );
  if (ofInterface.length > 0) {
    // A socket of an interface is called by its address, as OpenSIPS does.
    const hosts = ofInterface.map(({ address }) => ({ host: address, address }));
    return { plans: place(hosts), problems: [], expanded: true };
  }
  const address = await addressOf(line.host, settings.network);
  if (address === undefined) return { plans: [], problems: [unknownHost(line)], expanded: false };
  const foreign = !isEverywhere(address) && !own.some((entry) => sameAddress(entry.address, address));
  return {
    plans: place([{ host: line.host, address }]),
    problems: foreign ? [foreignAddress(line, address)] : [],
    expanded: false,
  };
}

function portsOf(line: SocketLine, settings: SocketSettings): number[] {
  if (line.ports.length === 0) {
    return [settings.defaultPort(line.protocol) ?? protocols[line.protocol]?.defaultPort ?? 5060];
  }
  return line.ports.flatMap(({ from, to }) =>
    Array.from({ length: Math.max(to - from + 1, 0) }, (_, at) => from + at),
  );
}

async function addressOf(host: string, network: SystemNetwork): Promise<string | undefined> {
  if (familyOf(host) !== 0) return host;
  return (await network.lookup(host))[0]?.address;
}

function plan(
  line: SocketLine,
  host: string,
  address: string,
  port: number,
  target: ListenTarget | undefined,
): SocketPlan {
  const bound = target?.address ?? address;
  const family = familyOf(bound) === 6 ? 6 : 4;
  return {
    bind: {
      protocol: line.protocol,
      address: bound,
      port: target?.port ?? port,
      family,
      reusePort: line.reusePort ?? false,
      ...(line.proxyProtocol && { proxyProtocol: true }),
      label: label(line.protocol, host, port),
    },
    listen: {
      protocol: line.protocol,
      host,
      address,
      port,
      family,
      advertisedHost: line.advertisedHost,
      advertisedPort: line.advertisedPort,
      tag: line.tag,
      ...(line.sendProxyProtocol && { sendProxyProtocol: true }),
    },
    anycast: line.anycast ?? false,
    ...(line.span && { span: line.span }),
  };
}

/** What a socket is called in logs and by listenOn. */
function label(protocol: string, host: string, port: number): string {
  return `${protocol}:${hostAndPort(host, port)}`;
}

function sameAddress(a: string, b: string): boolean {
  return expandedAddress(a) === expandedAddress(b);
}

/** Of sockets with the same protocol, address and port the first stays; the others' names become aliases. */
function withoutDoubles(
  plans: readonly SocketPlan[],
  aliases: AliasList,
  autoAliases: boolean,
): SocketPlan[] {
  const kept = new Map<string, SocketPlan>();
  for (const each of plans) {
    const { protocol, address, host, port } = each.listen;
    const key = `${protocol} ${expandedAddress(address)} ${port}`;
    const first = kept.get(key);
    if (!first) kept.set(key, each);
    else if (first.listen.host !== host && !(autoAliases && familyOf(host) !== 0))
      aliases.add(protocol, host, port);
  }
  return [...kept.values()];
}

function unknownHost(line: SocketLine): SocketProblem {
  return problem('unknown-host', `could not resolve ${line.host}`, line.span);
}

function foreignAddress(line: SocketLine, address: string): SocketProblem {
  const of = address === line.host ? address : `${address} (${line.host})`;
  return problem('foreign-address', `no interface of this machine has the address ${of}`, line.span);
}

function noReverseName({ listen, span }: SocketPlan): SocketProblem {
  return {
    ...problem('no-reverse-name', `could not rev. resolve ${listen.host}`, span),
    severity: 'warning',
  };
}

function problem(code: SocketProblem['code'], message: string, span: Span | undefined): SocketProblem {
  return { code, severity: 'error', message, ...(span && { span }) };
}
