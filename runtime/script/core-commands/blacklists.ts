import type { Command, CommandSignature, PreparedArgument, ScriptRun } from '../../module-exports.ts';
import { protocols } from '../../net/protocols.ts';
import { type Network, parseIp, parseNetwork } from '../../sip/ip-address.ts';
import { textOf } from '../../variables/text.ts';
import type { BlacklistedTarget, BlockRule } from '../blacklists.ts';
import type { ScriptEnvironment } from '../environment.ts';
import { result } from '../result.ts';

const marking = (description: string): CommandSignature => ({
  params: ['s'],
  paramNames: ['list'],
  routes: '*',
  description,
});

export const blacklistSignatures: Readonly<Record<string, CommandSignature>> = {
  use_blacklist: marking(
    'the message is not sent to what a list of dst_blacklist names; `all`: of every list',
  ),
  unuse_blacklist: marking('use_blacklist taken back'),
  check_blacklist_rule: {
    params: ['s', 's', 'i?', 's?', 's?'],
    paramNames: ['list', 'address', 'port', 'protocol', 'text'],
    routes: '*',
    since: '3.4',
    description: 'true where a list names a destination; `all`: one of those that are used',
  },
  add_blacklist_rule: {
    params: ['s', 's', 'i?', 's?', 's?', 'i?'],
    paramNames: ['list', 'network', 'port', 'protocol', 'pattern', 'seconds'],
    routes: '*',
    since: '3.4',
    description: 'adds a rule to a list; `!` in front of the network turns it round',
  },
  del_blacklist_rule: {
    params: ['s', 's', 'i?', 's?', 's?'],
    paramNames: ['list', 'network', 'port', 'protocol', 'pattern'],
    routes: '*',
    since: '3.4',
    description: 'takes a rule of a list away',
  },
};

/** Reads one argument; undefined where it says nothing that can be used. */
type Read<T> = (run: ScriptRun) => T | undefined;

const everything = 'all';

/** C: w_use_blacklist and its kin. A constant argument that cannot be used keeps the host from starting. */
export function blacklistCommands({ blacklists, log }: ScriptEnvironment): Readonly<Record<string, Command>> {
  const nameOf = (text: string): string => {
    if (!blacklists?.has(text)) throw new Error(`blacklist ${text} not configured`);
    return text;
  };
  const nameOrAll = (text: string): string => (text.toLowerCase() === everything ? everything : nameOf(text));
  const refused = {
    fixed: 'cannot modify read-only blacklist!',
    'never ends': 'blacklist does not support expiring rules!',
  };

  const mark = (used: boolean): Command => ({
    prepare([list]) {
      const name = reading(list, nameOrAll);
      return (run) => {
        const found = name(run);
        if (found === undefined) return result.unspecified;
        blacklists?.use(run, used, found === everything ? undefined : found);
        return result.true;
      };
    },
  });

  const change = (
    caller: string,
    make: (name: string, rule: BlockRule, seconds: number) => string | undefined,
  ): Command => ({
    prepare([list, network, port, protocol, pattern, seconds]) {
      const name = reading(list, nameOf);
      const rule = readingRule(network, port, protocol, pattern);
      return (run) => {
        const found = name(run);
        const wanted = rule(run);
        if (found === undefined || !wanted) return result.unspecified;
        const why = make(found, wanted, Number(seconds?.evaluate(run) ?? 0));
        if (why === 'fixed' || why === 'never ends') log.error(caller, refused[why]);
        return why === undefined ? result.true : result.unspecified;
      };
    },
  });

  return {
    use_blacklist: mark(true),
    unuse_blacklist: mark(false),
    check_blacklist_rule: {
      prepare([list, address, port, protocol, text]) {
        const name = reading(list, nameOrAll);
        const target = readingTarget(address, port, protocol, text);
        return (run) => {
          const found = name(run);
          const wanted = target(run);
          if (found === undefined || !wanted) return result.unspecified;
          const matches =
            found === everything
              ? blacklists?.blocks(run.message, wanted)
              : blacklists?.matches(found, wanted);
          return matches ? result.true : result.unspecified;
        };
      },
    },
    add_blacklist_rule: change('w_add_blacklist_rule', (name, rule, seconds) =>
      blacklists?.add(name, rule, seconds),
    ),
    del_blacklist_rule: change('w_del_blacklist_rule', (name, rule) => blacklists?.remove(name, rule)),
  };

  function reading<T>(argument: PreparedArgument | undefined, read: (text: string) => T): Read<T> {
    if (typeof argument?.constant === 'string') {
      const value = read(argument.constant);
      return () => value;
    }
    return (run) => {
      try {
        return read(textOf(argument?.evaluate(run) ?? null));
      } catch (error) {
        log.error('get_cmd_fixups', error instanceof Error ? error.message : String(error));
        return undefined;
      }
    };
  }

  function readingRule(
    network: PreparedArgument | undefined,
    port: PreparedArgument | undefined,
    protocol: PreparedArgument | undefined,
    pattern: PreparedArgument | undefined,
  ): Read<BlockRule> {
    const networkOf = reading(network, negatedNetwork);
    const protocolName = protocol?.given ? reading(protocol, protocolNamed) : () => '';
    return (run) => {
      const found = networkOf(run);
      const name = protocolName(run);
      if (!found || name === undefined) return undefined;
      return {
        ...found,
        port: Number(port?.evaluate(run) ?? 0),
        protocol: name,
        pattern: textOf(pattern?.evaluate(run) ?? null),
      };
    };
  }

  function readingTarget(
    address: PreparedArgument | undefined,
    port: PreparedArgument | undefined,
    protocol: PreparedArgument | undefined,
    text: PreparedArgument | undefined,
  ): Read<BlacklistedTarget> {
    const addressOf = reading(address, addressIn);
    const protocolName = protocol?.given ? reading(protocol, protocolNamed) : () => '';
    return (run) => {
      const found = addressOf(run);
      const name = protocolName(run);
      if (found === undefined || name === undefined) return undefined;
      const asked = textOf(text?.evaluate(run) ?? null);
      return { address: found, protocol: name, port: Number(port?.evaluate(run) ?? 0), text: () => asked };
    };
  }
}

function addressIn(text: string): string {
  if (!parseIp(text)) throw new Error(`${text} is no address`);
  return text;
}

function protocolNamed(text: string): string {
  const name = text.toLowerCase();
  if (!protocols[name]) throw new Error(`${text} is no protocol`);
  return name;
}

function negatedNetwork(text: string): { readonly network: Network; readonly negated: boolean } {
  const [, mark, address = '', mask] = /^\s*(!?)\s*([^/]*)(?:\/(.*))?$/s.exec(text.trim()) ?? [];
  const network = parseNetwork(address, mask);
  if (!network) throw new Error(`${text} is no network`);
  return { network, negated: mark === '!' };
}
