import { type Config, checkParams, type ParamValidator, paramsGivenTo } from '../grammar/index.ts';
import type { Logger, ModuleFactory, ModuleHost } from './module-exports.ts';
import { makeModule, type RunningModule, type SharedHost } from './module-host.ts';
import { importModule, type ModuleLine } from './module-loader.ts';
import type { ModuleNode } from './module-order.ts';

/** A module that is found and imported, on its way to run. */
export interface LoadedModule extends ModuleNode {
  readonly factory: ModuleFactory;
  /** Typed, with their defaults. */
  readonly params: ModuleHost['params'];
}

/** Imports the modules of a config's lines, each once, and reads their parameters. Errors: MODULE_BROKEN. */
export async function loadModules(
  lines: readonly ModuleLine[],
  config: Config,
  validateParam: ParamValidator,
  log: Logger,
): Promise<readonly LoadedModule[]> {
  const loaded: LoadedModule[] = [];
  for (const { item, answer, again } of lines) {
    if (!answer.found || again) continue;
    const { manifest, factory } = await importModule(answer.from);
    if (JSON.stringify(manifest) !== JSON.stringify(answer.manifest)) {
      log.warning('load_module', `manifest.json beside ${answer.from} is not what the file exports`);
    }
    const given = paramsGivenTo(manifest.name, item, config);
    const { values } = checkParams(manifest, given, validateParam);
    loaded.push({ manifest, factory, params: values, given });
    log.info('load_module', `module ${manifest.name} from ${answer.from} (${answer.file.place})`);
  }
  return loaded;
}

/**
 * Calls the factories in order, so that each finds what it binds to already made. `running` is filled as they
 * are made. Errors: MODULE_FAILED, MODULE_BEHAVIOUR.
 */
export function makeModules(
  loaded: readonly LoadedModule[],
  running: Map<string, RunningModule>,
  shared: SharedHost,
): void {
  for (const { manifest, factory, params } of loaded) {
    running.set(manifest.name, makeModule(manifest, factory, params, shared, running));
  }
}
