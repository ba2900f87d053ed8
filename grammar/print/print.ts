import type {
  Alias,
  AutoScalingProfile,
  Blacklist,
  BlacklistRule,
  Config,
  GlobalParameter,
  Item,
  Node,
  RouteBlock,
  SocketDefinition,
  SocketOption,
} from '../ast.ts';
import { quoteString } from '../parse/string-literal.ts';
import { printBlock, printStatement } from './statements.ts';
import { printPorts, printValue } from './values.ts';

/**
 * Writes a tree, or a part of one, as text. What is written depends on the node alone: reading it gives an equal
 * tree, and another node in its place changes nothing around it. Comments and layout are not in a tree, so they are
 * lost; broken nodes are written as a comment.
 */
export function print(node: Node): string {
  switch (node.kind) {
    case 'Config':
      return printConfig(node);
    case 'PortRange':
      return printPorts([node]);
    case 'Advertised':
    case 'NumberOption':
    case 'NameOption':
    case 'FlagOption':
      return printSocketOption(node);
    case 'Alias':
      return printAlias(node);
    case 'BlacklistRule':
      return printBlacklistRule(node);
    default:
      return isItem(node) ? printItem(node) : (printStatement(node, 0) ?? printValue(node));
  }
}

function printConfig(config: Config): string {
  let text = '';
  let before: Item['kind'] | undefined;
  for (const item of config.items) {
    const apart = item.kind === 'RouteBlock' || (before !== undefined && before !== item.kind);
    text += `${text !== '' && apart ? '\n' : ''}${printItem(item)}\n`;
    before = item.kind;
  }
  return text;
}

const itemKinds: ReadonlySet<string> = new Set<Item['kind']>([
  ...(['GlobalParameter', 'LoadModule', 'ModParam', 'SocketDefinition', 'AliasDefinition'] as const),
  ...(['Blacklist', 'AutoScalingProfile', 'MemoryGroup', 'RouteBlock', 'BrokenItem'] as const),
]);

function isItem(node: Node): node is Item {
  return itemKinds.has(node.kind);
}

function printItem(item: Item): string {
  switch (item.kind) {
    case 'GlobalParameter':
      return printGlobal(item);
    case 'LoadModule':
      return `loadmodule ${printValue(item.path)}`;
    case 'ModParam':
      return `modparam(${[item.module, item.name, item.value].map(printValue).join(', ')})`;
    case 'SocketDefinition':
      return printSocket(item);
    case 'AliasDefinition':
      return `alias = ${item.aliases.map(printAlias).join(' ')}`;
    case 'Blacklist':
      return printBlacklist(item);
    case 'AutoScalingProfile':
      return printScalingProfile(item);
    case 'MemoryGroup':
      return `mem-group = ${printValue(item.name)}: ${item.modules.map(printValue).join(' ')}`;
    case 'RouteBlock':
      return printRoute(item);
    case 'BrokenItem':
      return '/* not read */';
  }
}

function printGlobal({ name, value, furtherValues = [], profile }: GlobalParameter): string {
  const values = [value, ...furtherValues].map(printValue).join(':');
  return `${name.text} = ${values}${profile ? ` use_auto_scaling_profile ${profile.text}` : ''}`;
}

function printSocket({ keyword, protocol, host, ports, options, members }: SocketDefinition): string {
  const place = `${protocol.text}:${printValue(host)}${ports.length > 0 ? `:${printPorts(ports)}` : ''}`;
  const bond = members ? `{${members.map(printValue).join(', ')}}` : '';
  return [`${keyword.text} = ${place}${bond}`, ...options.map(printSocketOption)].join(' ');
}

function printSocketOption(option: SocketOption): string {
  switch (option.kind) {
    case 'Advertised':
      return `as ${printValue(option.host)}${option.ports.length > 0 ? `:${printPorts(option.ports)}` : ''}`;
    case 'NumberOption':
      return `${option.keyword} ${printValue(option.value)}`;
    case 'NameOption':
      return `${option.keyword} ${option.value.text}`;
    case 'FlagOption':
      return option.keyword;
  }
}

function printAlias({ protocol, host, port, acceptSubdomain }: Alias): string {
  const place = `${protocol ? `${protocol.text}:` : ''}${printValue(host)}${port ? `:${printValue(port)}` : ''}`;
  return acceptSubdomain ? `${place} accept_subdomain` : place;
}

function printBlacklist({ name, flags, rules }: Blacklist): string {
  const head = `dst_blacklist = ${name.text}${flags.length > 0 ? `/${flags.map(({ text }) => text).join(', ')}` : ''}`;
  return rules.length > 0 ? `${head}:{${rules.map(printBlacklistRule).join(', ')}}` : head;
}

function printBlacklistRule({ negated, protocol, network, port, pattern }: BlacklistRule): string {
  const parts = [protocol, network, port, pattern].flatMap((part) => (part ? [printValue(part)] : []));
  return `${negated ? '!' : ''}${parts.length > 1 ? `(${parts.join(', ')})` : parts[0]}`;
}

function printScalingProfile({ name, up, down }: AutoScalingProfile): string {
  const within = up.within === undefined ? '' : ` within ${up.within}`;
  const upwards = `scale up to ${up.to} on ${up.load}% for ${up.cycles} cycles${within}`;
  const downwards = down ? ` scale down to ${down.to} on ${down.load}% for ${down.cycles} cycles` : '';
  return `auto_scaling_profile = ${name.text} ${upwards}${downwards}`;
}

function printRoute({ keyword, name, interval, mode, body }: RouteBlock): string {
  const written = name?.quoted ? quoteString(name.text) : name?.text;
  const parts = [written, interval && printValue(interval), mode].filter((part) => part !== undefined);
  return `${keyword}${parts.length > 0 ? `[${parts.join(', ')}]` : ''} ${printBlock(body, 0)}`;
}
