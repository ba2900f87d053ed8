import type { Manifest } from '../../grammar/index.ts';
import type { CheckedConfig } from '../check-config.ts';
import { reasonOf } from '../host-error.ts';
import type { CheckSurroundings, Logger, Tool } from '../module-exports.ts';
import type { RunningModule } from '../module-host.ts';
import { makeForTrial } from '../trial.ts';
import { FAILED, OK } from './exit-codes.ts';
import { commands } from './option-table.ts';
import type { Terminal } from './terminal.ts';

/** Words of the command line that a module of the config brings, and those behind them. */
interface FoundTool {
  readonly module: string;
  /** As the manifest has it: `tls explain`. */
  readonly name: string;
  readonly rest: readonly string[];
}

/**
 * Runs what a module of the config brings to the command line. The config may have findings of modules, which were told:
 * such words help to mend them. Answers the exit code.
 */
export async function runTool(
  words: readonly string[],
  checked: CheckedConfig,
  around: {
    readonly core: Logger;
    readonly terminal: Terminal;
    readonly becomes: CheckSurroundings['becomes'];
  },
): Promise<number> {
  const { core, terminal, becomes } = around;
  const manifests = checked.modules.flatMap(({ answer }) => (answer.found ? [answer.manifest] : []));
  const found = findTool(words, manifests);
  if (!found) {
    // Deviation: OpenSIPS ignores such words; a mistyped command must not start a server.
    core.error('main', unknownCommand(words, manifests));
    return FAILED;
  }
  if (isBroken(checked)) return FAILED;
  const tool = await makeTool(found, checked, core);
  if (!tool) return FAILED;
  const sockets = checked.sockets.sockets.map(({ listen }) => listen);
  const { text, ok } = await tool(found.rest, { sockets, becomes });
  terminal.print(text);
  return ok ? OK : FAILED;
}

function findTool(words: readonly string[], manifests: readonly Manifest[]): FoundTool | undefined {
  for (const { name: module, tools = {} } of manifests) {
    for (const name of Object.keys(tools)) {
      const own = name.split(' ');
      if (own.every((word, at) => word === words[at])) return { module, name, rest: words.slice(own.length) };
    }
  }
  return undefined;
}

function unknownCommand(words: readonly string[], manifests: readonly Manifest[]): string {
  const ours = commands.map(({ name }) => name);
  const brought = manifests.flatMap(({ tools = {} }) =>
    Object.entries(tools).map(([name, { usage }]) => `${name} ${usage}`),
  );
  const more = brought.length === 0 ? '' : `; modules of this config bring: ${brought.join(', ')}`;
  return `unknown command '${words.join(' ')}' (there is: ${ours.join(', ')}${more})`;
}

/** Errors that are no module's own. */
function isBroken({ diagnostics }: CheckedConfig): boolean {
  return diagnostics.some(({ severity, code }) => severity === 'error' && !code.includes('/'));
}

async function makeTool(
  { module, name }: FoundTool,
  checked: CheckedConfig,
  core: Logger,
): Promise<Tool | undefined> {
  const running = new Map<string, RunningModule>();
  try {
    await makeForTrial({ ...checked, version: checked.version.version }, running);
  } catch (error) {
    core.error('main', reasonOf(error));
  }
  return running.get(module)?.behaviour.tools?.[name];
}
