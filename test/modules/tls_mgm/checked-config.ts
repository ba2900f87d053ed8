import type { CheckedConfig, CheckOptions } from '../../../runtime/check-config.ts';
import { checkConfig } from '../../../runtime/index.ts';
import { type SystemNetwork, systemNetwork } from '../../../runtime/net/system-network.ts';

/** One modparam line; the module is `tls_mgm` where none is named. */
export interface ParamLine {
  readonly module?: string;
  readonly name: string;
  readonly value: string | number;
}

/** A config with such lines between its modules and its route, and where each one stands. */
export interface TlsConfig {
  readonly text: string;
  /** `line:column-column` of the value of a modparam line, by its number. */
  readonly places: readonly string[];
}

export interface ConfigParts {
  /** Default: `socket=wss:127.0.0.1:8443`. */
  readonly sockets?: readonly string[];
  /** Default: tls_mgm and proto_wss. */
  readonly modules?: readonly string[];
  readonly route?: string;
}

/** The module lines of a config for proto_wss begin here. */
export function tlsConfig(params: readonly ParamLine[], parts: ConfigParts = {}): TlsConfig {
  const {
    sockets = ['socket=wss:127.0.0.1:8443'],
    modules = ['tls_mgm', 'proto_wss'],
    route = 'route { exit; }',
  } = parts;
  const head = [...sockets, ...modules.map((name) => `loadmodule "${name}.so"`)];
  const written = params.map(({ module = 'tls_mgm', name, value }) => {
    const before = `modparam("${module}", "${name}", `;
    const shown = typeof value === 'number' ? String(value) : `"${value}"`;
    return {
      text: `${before}${shown})`,
      columns: `${before.length + 1}-${before.length + 1 + shown.length}`,
    };
  });
  return {
    text: [...head, ...written.map(({ text }) => text), route, ''].join('\n'),
    places: written.map(({ columns }, at) => `${head.length + at + 1}:${columns}`),
  };
}

/** A machine with a loopback alone. */
export const loopback: SystemNetwork = {
  ...systemNetwork,
  interfaces: () => [
    { name: 'lo', address: '127.0.0.1', family: 4 },
    { name: 'lo', address: '::1', family: 6 },
  ],
  lookup: async () => [],
  reverse: async () => 'localhost',
};

/** What is found in a config, in order: `line:column-column code severity message`. */
export async function findingsOf(text: string, options: CheckOptions = {}): Promise<readonly string[]> {
  return shownFindings(await checkConfig({ config: text, name: 'test.cfg', network: loopback, ...options }));
}

export function shownFindings({ diagnostics, parsed }: CheckedConfig): readonly string[] {
  return diagnostics.map(({ code, severity, message, span }) => {
    const from = parsed.source.locate(span.start);
    const to = parsed.source.locate(span.end);
    return `${from.line}:${from.column}-${to.column} ${code} ${severity} ${message}`;
  });
}
