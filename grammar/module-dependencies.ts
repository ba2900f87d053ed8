import type { Dependency, Manifest, ParamDependency } from './manifest.ts';
import type { GivenParam } from './module-params.ts';

/** A parameter as far as dependencies look at it. */
export type GivenValue = Pick<GivenParam, 'name' | 'value'>;

/**
 * What a module depends on: always, and because of what the config gives to its parameters (defaults ask for
 * nothing); `param` is the first value that asks.
 */
export function dependenciesOf<Given extends GivenValue>(
  { dependencies = [], dependenciesFromParams = {} }: Manifest,
  given: readonly Given[],
): readonly { readonly dependency: Dependency; readonly param?: Given }[] {
  const always = dependencies.map((dependency) => ({ dependency }));
  const fromParams = Object.entries(dependenciesFromParams).flatMap(([name, list]) =>
    list.flatMap((dependency) => {
      const param = given.find(
        (one) => one.name === name && paramDependencyHolds(dependency.when, one.value),
      );
      return param ? [{ dependency, param }] : [];
    }),
  );
  return [...always, ...fromParams];
}

/** The modules that are loaded along with this one where no line loads them. */
export function modulesLoadedBy(manifest: Manifest, given: readonly GivenValue[]): readonly string[] {
  const names = dependenciesOf(manifest, given).flatMap(({ dependency: { missing, module } }) =>
    missing === 'load' && module !== undefined ? [module] : [],
  );
  return [...new Set(names)];
}

/** A module of a kind is another one; a module by name may name itself (and then stands in a circle). */
export function answersDependency(manifest: Manifest, dependency: Dependency, from: string): boolean {
  if (dependency.module !== undefined) return manifest.name === dependency.module;
  return manifest.kind === dependency.kind && manifest.name !== from;
}

/** Does this value of a parameter make the dependency hold? */
export function paramDependencyHolds(when: ParamDependency['when'], value: number | string): boolean {
  switch (when.is) {
    case 'set':
      return true;
    case 'not-empty':
      return value !== '';
    case 'greater-than':
      return Number(value) > when.value;
    case 'starts-with':
      return String(value).startsWith(when.value);
    case 'one-of':
      return when.values.includes(value);
  }
}
