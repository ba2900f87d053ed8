import type { Config, LoadModule, ModParam } from './ast.ts';
import type { GivenParam } from './module-params.ts';

/**
 * The module name of a `modparam` line: an extended regular expression that has to match a whole name, in any
 * case (the manual, "modparam"). Undefined where the text is none.
 */
export function modulePattern({ module: { value } }: ModParam): RegExp | undefined {
  try {
    new RegExp(value); // judged alone first, since `)|(` would break the anchors
    return new RegExp(`^(?:${value})$`, 'i');
  } catch {
    return undefined;
  }
}

/** What a `modparam` line gives to each module that it matches. */
export function givenBy({ name, value }: ModParam): GivenParam {
  return {
    name: name.value,
    nameSpan: name.span,
    value: value.value,
    span: value.span,
    ...(value.kind === 'Number' && value.word !== undefined && { word: value.word }),
  };
}

/** What the lines below a module's `loadmodule` line give to it, in order. */
export function paramsGivenTo(module: string, loadedBy: LoadModule, config: Config): readonly GivenParam[] {
  return config.items
    .filter((item): item is ModParam => item.kind === 'ModParam' && item.span.start > loadedBy.span.start)
    .filter((line) => modulePattern(line)?.test(module))
    .map(givenBy);
}
