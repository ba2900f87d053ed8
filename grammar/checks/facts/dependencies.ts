import type { Dependency } from '../../manifest.ts';
import { answersDependency, paramDependencyHolds } from '../../module-dependencies.ts';
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
  return modules.flatMap((module) => {
    const { dependencies = [], dependenciesFromParams = {} } = module.manifest;
    const given = params.byModule.get(module.name) ?? [];
    const always = dependencies.map((dependency) => ({ dependency }));
    const fromParams = Object.entries(dependenciesFromParams).flatMap(([name, list]) =>
      list.flatMap((dependency) => {
        const param = given.find(
          (one) => one.name === name && paramDependencyHolds(dependency.when, one.value),
        );
        return param ? [{ dependency, param }] : [];
      }),
    );
    return [...always, ...fromParams].map((need) => ({
      module,
      ...need,
      answers: modules.filter((other) => answersDependency(other.manifest, need.dependency, module.name)),
    }));
  });
}
