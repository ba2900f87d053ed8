import {
  type Call,
  type Config,
  parse,
  type RouteBlock,
  type RouteCall,
  type Source,
  walk,
} from '../grammar/index.ts';
import { print } from '../grammar/tools.ts';
import type { CheckedConfig } from './check-config.ts';
import type { Manifest } from './module-exports.ts';
import { coreCommands } from './script/index.ts';

/** A function at one place of a route, and who has it. */
export interface ExplainedFunction {
  readonly name: string;
  /** `core`, the name of a module, or undefined where nobody has it. */
  readonly module: string | undefined;
  readonly file: string;
  readonly line: number;
}

/** One route, as it will run. */
export interface ExplainedRoute {
  /** `route`, `failure_route`, … */
  readonly kind: string;
  /** Undefined for the main route of its kind. */
  readonly name: string | undefined;
  readonly file: string;
  readonly line: number;
  /** Why it never runs: an earlier one has its name. */
  readonly shadowed: boolean;
  /** The route as text, each line with the modules of its functions behind it. */
  readonly text: string;
  readonly functions: readonly ExplainedFunction[];
  /** Routes that it calls by a name that stands there. */
  readonly calls: readonly string[];
}

/** The routes of a config with the modules of their functions: what `tsips explain` prints. */
export function explainRoutes({
  parsed,
  modules,
}: Pick<CheckedConfig, 'parsed' | 'modules'>): readonly ExplainedRoute[] {
  const manifests = modules.flatMap(({ answer, again }) => (answer.found && !again ? [answer.manifest] : []));
  const names = routeNames(parsed.config);
  const seen = new Set<string>();
  return parsed.config.items.flatMap((item) => {
    if (item.kind !== 'RouteBlock') return [];
    const key = `${item.keyword} ${item.name?.text ?? '0'}`;
    const shadowed = seen.has(key);
    seen.add(key);
    return [explainRoute(item, parsed.source, { manifests, names, shadowed })];
  });
}

interface Known {
  readonly manifests: readonly Manifest[];
  readonly names: ReadonlySet<string>;
  readonly shadowed: boolean;
}

function explainRoute(
  block: RouteBlock,
  source: Source,
  { manifests, names, shadowed }: Known,
): ExplainedRoute {
  const { file, line } = source.locate(block.span.start);
  const functions: ExplainedFunction[] = [];
  const calls: string[] = [];
  walk(block, {
    enter(node) {
      if (node.kind === 'Call') functions.push(explainCall(node, source, manifests, isAsync(block, node)));
      if (node.kind === 'RouteCall' && node.name.kind === 'Name') calls.push(node.name.text);
    },
  });
  return {
    kind: block.keyword,
    name: block.name?.text,
    file,
    line,
    shadowed,
    text: annotated(block, manifests, names),
    functions,
    calls: [...new Set(calls)],
  };
}

function explainCall(
  call: Call,
  source: Source,
  manifests: readonly Manifest[],
  asynchronous: boolean,
): ExplainedFunction {
  const { file, line } = source.locate(call.span.start);
  return { name: call.name.text, module: moduleOf(call, manifests, asynchronous), file, line };
}

/** The same choice as the script's: the core first, then the first module whose arguments fit, else the first. */
function moduleOf(call: Call, manifests: readonly Manifest[], asynchronous: boolean): string | undefined {
  const name = call.name.text;
  if (asynchronous) {
    const owner = manifests.find(({ asyncCommands = {} }) => Object.hasOwn(asyncCommands, name));
    if (owner) return owner.name;
  }
  if (Object.hasOwn(coreCommands, name)) return 'core';
  const owners = manifests.filter(({ commands = {} }) => Object.hasOwn(commands, name));
  const fitting = owners.find(({ commands = {} }) => {
    const params = commands[name]?.params ?? [];
    const required = params.findLastIndex((kind) => !kind.endsWith('?')) + 1;
    return call.arguments.length >= required && call.arguments.length <= params.length;
  });
  return (fitting ?? owners[0])?.name;
}

function isAsync(block: RouteBlock, call: Call): boolean {
  let found = false;
  walk(block, {
    enter(node) {
      if ((node.kind === 'Async' || node.kind === 'Launch') && node.call === call) found = true;
    },
  });
  return found;
}

function routeNames(config: Config): ReadonlySet<string> {
  return new Set(
    config.items.flatMap((item) =>
      item.kind === 'RouteBlock' && item.keyword === 'route' ? [item.name?.text ?? '0'] : [],
    ),
  );
}

/** The printed route is read again, so that what stands behind a line belongs to that line. */
function annotated(block: RouteBlock, manifests: readonly Manifest[], names: ReadonlySet<string>): string {
  const text = print(block);
  const { config, source } = parse(text, { name: 'route' });
  const notes = new Map<number, string[]>();
  const note = (at: number, what: string) => {
    const { line } = source.locate(at);
    const here = notes.get(line) ?? [];
    if (!here.includes(what)) notes.set(line, [...here, what]);
  };
  const [printed] = config.items;
  if (printed?.kind !== 'RouteBlock') return text;
  walk(printed, {
    enter(node) {
      if (node.kind === 'Call') {
        const owner = moduleOf(node, manifests, isAsync(printed, node));
        note(node.span.start, `${node.name.text}: ${owner ?? 'nobody has it'}`);
      }
      if (node.kind === 'RouteCall' && isLost(node, names)) note(node.span.start, 'there is no such route');
    },
  });
  const lines = text.replaceAll('\t', '    ').split('\n');
  const width = Math.min(60, Math.max(...lines.map((line) => line.length)));
  return lines
    .map((line, index) => {
      const here = notes.get(index + 1);
      return here ? `${line.padEnd(width)}  # ${here.join(', ')}` : line;
    })
    .join('\n');
}

function isLost({ name }: RouteCall, names: ReadonlySet<string>): boolean {
  return name.kind === 'Name' && !name.text.includes('$') && !names.has(name.text);
}

/** The routes for people: a line that says where each stands, and its text. */
export function printExplained(routes: readonly ExplainedRoute[]): string {
  return routes
    .map(({ file, line, shadowed, text }) => {
      const why = shadowed ? ': never runs, an earlier route has its name' : '';
      return `# ${file}:${line}${why}\n${text.trimEnd()}\n`;
    })
    .join('\n');
}
