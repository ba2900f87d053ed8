import type { Alias, BlacklistRule, Config, NumberLiteral, PortRange, Span } from '../../ast.ts';

/** A port where it is written, with the construct around it. */
interface PortUse {
  readonly from: number;
  readonly to: number;
  readonly span: Span;
  readonly context: Span;
}

/** In a blacklist 0 stands for all ports. */
const anyPort = 0;

/** Every port of sockets, their advertised addresses, aliases and blacklists. */
export function portsOf(config: Config): readonly PortUse[] {
  return config.items.flatMap((item): PortUse[] => {
    switch (item.kind) {
      case 'SocketDefinition': {
        const advertised = item.options.flatMap((option) =>
          option.kind === 'Advertised' ? option.ports : [],
        );
        return [...item.ports, ...advertised].map((range) => rangeUse(range, item.span));
      }
      case 'AliasDefinition':
        return item.aliases.flatMap((alias) => singleUse(alias, alias.span));
      case 'Blacklist':
        return item.rules
          .flatMap((rule) => singleUse(rule, item.span))
          .filter(({ from }) => from !== anyPort);
      default:
        return [];
    }
  });
}

function rangeUse({ from, to, span }: PortRange, context: Span): PortUse {
  return { from, to, span, context };
}

function singleUse({ port }: Alias | BlacklistRule, context: Span): PortUse[] {
  return port && isNumber(port) ? [{ from: port.value, to: port.value, span: port.span, context }] : [];
}

const isNumber = (port: { readonly kind: string }): port is NumberLiteral => port.kind === 'Number';
