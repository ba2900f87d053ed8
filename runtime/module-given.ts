import type { Config, GivenParam, ModParam } from '../grammar/index.ts';

/** The `modparam` lines that are meant for a module, in order. */
export function paramsGivenTo(module: string, config: Config): readonly GivenParam[] {
  return config.items
    .filter((item): item is ModParam => item.kind === 'ModParam' && patternFits(item.module.value, module))
    .map(({ name, value }) => ({
      name: name.value,
      nameSpan: name.span,
      value: value.value,
      span: value.span,
      ...(value.kind === 'Number' && value.word !== undefined && { word: value.word }),
    }));
}

/** The same by parameter, for dependencies that come from parameters. */
export function valuesByName(
  given: readonly GivenParam[],
): ReadonlyMap<string, readonly (number | string)[]> {
  const values = new Map<string, (number | string)[]>();
  for (const { name, value } of given) values.set(name, [...(values.get(name) ?? []), value]);
  return values;
}

/** The first argument of modparam is a regular expression, anchored at both ends, in any case. */
function patternFits(pattern: string, module: string): boolean {
  if (pattern.toLowerCase() === module.toLowerCase()) return true;
  try {
    return new RegExp(`^(?:${pattern})$`, 'i').test(module);
  } catch {
    return false; // reported by the checks
  }
}
