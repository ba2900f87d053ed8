import type { Dated } from '../../catalogue.ts';
import type { Manifest } from '../../manifest.ts';
import { inRange } from '../../versions/order.ts';
import type { InertModule, Modules } from './modules.ts';

/**
 * What a name in a route leads to.
 *
 * @typeParam Facts What tsips says of it.
 * @typeParam Known What OpenSIPS says of it, in some version.
 */
export type Answer<Facts, Known> =
  /** The core or a loaded module of tsips has it. `known` is what OpenSIPS has under that name there. */
  | {
      readonly state: 'ours';
      readonly owner: string;
      readonly facts: Facts;
      readonly known: readonly Known[];
    }
  /** A loaded module that only OpenSIPS has exports it. */
  | { readonly state: 'inert'; readonly module: InertModule; readonly known: readonly Known[] }
  /** OpenSIPS's core, or its version of a loaded module, has it; tsips has not. */
  | { readonly state: 'not in tsips'; readonly owner: string; readonly known: readonly Known[] }
  /** It exists, in modules that are not loaded: those that have it in the version of the file, else all. */
  | { readonly state: 'not loaded'; readonly owners: readonly string[] }
  /** It may come from a module that was not found or could not be read; that has been reported. */
  | { readonly state: 'hidden' }
  | { readonly state: 'unknown' };

/** Where a kind of names is looked for. */
interface Place<Facts, Known> {
  /** What tsips's core has. */
  readonly core: Readonly<Record<string, Facts>>;
  tableOf(manifest: Manifest): Readonly<Record<string, Facts>> | undefined;
  /** What OpenSIPS has under that name, the core's and every module's. */
  known(name: string): readonly Known[];
}

/** Looks for a name in tsips's core, then in the loaded modules in their order, then in OpenSIPS. */
export function lookUp<Facts, Known extends Dated<{ readonly module: string }>>(
  name: string,
  place: Place<Facts, Known>,
  modules: Modules,
  version: string,
): Answer<Facts, Known> {
  const known = place.known(name);
  const of = (owner: string) => known.filter(({ module }) => module === owner);
  const own = entry(place.core, name);
  if (own !== undefined) return { state: 'ours', owner: 'core', facts: own, known: of('core') };
  for (const module of modules.ours) {
    const facts = entry(place.tableOf(module.manifest), name);
    if (facts !== undefined) return { state: 'ours', owner: module.name, facts, known: of(module.name) };
  }
  if (of('core').length > 0) return { state: 'not in tsips', owner: 'core', known: of('core') };
  return elsewhere(known, modules, version);
}

/** Functions moved between modules: who has it in the version of the file comes first. */
function elsewhere<Facts, Known extends Dated<{ readonly module: string }>>(
  known: readonly Known[],
  modules: Modules,
  version: string,
): Answer<Facts, Known> {
  const fitting = known.filter((one) => inRange(version, one));
  const owners = [...new Set([...fitting, ...known].map(({ module }) => module))];
  for (const owner of owners) {
    const module = modules.byName.get(owner);
    const facts = known.filter((one) => one.module === owner);
    if (module?.state === 'inert') return { state: 'inert', module, known: facts };
    if (module?.state === 'ours') return { state: 'not in tsips', owner, known: facts };
    if (module) return { state: 'hidden' };
  }
  if (owners.some(modules.wasReported)) return { state: 'hidden' };
  if (owners.length === 0) return { state: 'unknown' };
  const likely = new Set(fitting.map(({ module }) => module));
  return { state: 'not loaded', owners: likely.size > 0 ? [...likely] : owners };
}

function entry<Facts>(table: Readonly<Record<string, Facts>> | undefined, name: string): Facts | undefined {
  return table !== undefined && Object.hasOwn(table, name) ? table[name] : undefined;
}

/** What is told about a name of OpenSIPS whose owner here does not have it; `name` as written in a script. */
export function notInTsips(kind: 'function' | 'variable', name: string, owner: string): string {
  return owner === 'core'
    ? `${name} is a ${kind} of OpenSIPS's core that tsips does not have`
    : `${name} is a ${kind} of OpenSIPS's module ${owner} that the one of tsips does not have`;
}
