import type { Dependency } from '../../manifest.ts';
import { answersDependency, dependenciesOf } from '../../module-dependencies.ts';
import type { GivenParam } from '../../module-params.ts';
import type { OurModule } from './modules.ts';
import type { Params } from './params.ts';

/** What one module asks for. */
export interface Need {
  readonly module: OurModule;
  readonly dependency: Dependency;
  /** The parameter whose value asks. */
  readonly param?: GivenParam;
  /** The loaded modules that answer it. */
  readonly answers: readonly OurModule[];
}

/** What the loaded modules ask for: always, and because of their parameters. */
export function needsOf(modules: readonly OurModule[], params: Params): readonly Need[] {
  return modules.flatMap((module) =>
    dependenciesOf(module.manifest, params.byModule.get(module.name) ?? []).map((need) => ({
      module,
      ...need,
      answers: modules.filter((other) => answersDependency(other.manifest, need.dependency, module.name)),
    })),
  );
}
