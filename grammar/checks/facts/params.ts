import type { Config, ModParam } from '../../ast.ts';
import { givenBy, modulePattern } from '../../modparam-lines.ts';
import type { GivenParam } from '../../module-params.ts';
import type { LoadedModule, Modules } from './modules.ts';

/** A `modparam` line with the modules that it reaches. */
export interface ParamLine {
  readonly statement: ModParam;
  /** Undefined: the module name is no regular expression. */
  readonly pattern: RegExp | undefined;
  /** Loaded above the line and matched. */
  readonly modules: readonly LoadedModule[];
  /** Loaded below the line and matched: too late for OpenSIPS. */
  readonly loadedLater: readonly LoadedModule[];
  readonly given: GivenParam;
}

export interface Params {
  readonly lines: readonly ParamLine[];
  /** What each module is given, by the module's name, in file order. */
  readonly byModule: ReadonlyMap<string, readonly GivenParam[]>;
}

/**
 * Follows every `modparam` line. Its module name is an extended regular expression that has to match the whole
 * name of a loaded module in any case; the line counts for all modules that match. (The manual, "modparam".)
 */
export function findParams(config: Config, modules: Modules): Params {
  const lines: ParamLine[] = [];
  const byModule = new Map<string, GivenParam[]>();
  for (const item of config.items) {
    if (item.kind !== 'ModParam') continue;
    const line = follow(item, modules);
    lines.push(line);
    for (const { name } of line.modules) {
      const given = byModule.get(name);
      if (given) given.push(line.given);
      else byModule.set(name, [line.given]);
    }
  }
  return { lines, byModule };
}

function follow(statement: ModParam, modules: Modules): ParamLine {
  const pattern = modulePattern(statement);
  const matched = pattern ? [...modules.byName.values()].filter(({ name }) => pattern.test(name)) : [];
  const isAbove = (module: LoadedModule) => module.statement.span.start < statement.span.start;
  return {
    statement,
    pattern,
    modules: matched.filter(isAbove),
    loadedLater: matched.filter((module) => !isAbove(module)),
    given: givenBy(statement),
  };
}
