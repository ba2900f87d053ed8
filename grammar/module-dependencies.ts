import type { Dependency, Manifest, ParamDependency } from './manifest.ts';

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
