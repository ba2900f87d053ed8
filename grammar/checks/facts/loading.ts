import type { CheckEnvironment } from '../../check-environment.ts';

/**
 * The advice where a name needs a module that is not loaded.
 *
 * @param modules Those that have the name, the likeliest first.
 * @param otherwise What to do where tsips has none of them, so that loading would not help: `take the call out`.
 */
export function howToLoad(
  modules: readonly string[],
  otherwise: string,
  { asked, findModule }: CheckEnvironment,
): string {
  if (asked === 'opensips') return `add loadmodule "${modules[0]}.so"`;
  const ours = modules.find((name) => findModule(`${name}.so`).found);
  if (ours !== undefined) return `add loadmodule "${ours}.so"`;
  const [are, modulesOfOpensips] =
    modules.length === 1 ? ['is', 'an OpenSIPS module'] : ['are', 'OpenSIPS modules'];
  return `${modules.join(' and ')} ${are} ${modulesOfOpensips} that tsips does not have: ${otherwise}`;
}
