import { type Diagnostic, diagnostic } from '../findings/diagnostics.ts';
import type { Check, CheckContext } from './facts/context.ts';

/** Where OpenSIPS is asked: globals, modules and parameters that tsips alone has are none to it. */
export const opensipsHasItToo: Check = (context) =>
  context.environment.asked === 'opensips'
    ? [...globals(context), ...modules(context), ...params(context)]
    : [];

function globals({ config, environment }: CheckContext): readonly Diagnostic[] {
  return config.items.flatMap((item) => {
    if (item.kind !== 'GlobalParameter') return [];
    const { text, span } = item.name;
    const isOurs = environment.globals.has(text) && environment.catalogue.global(text).length === 0;
    return isOurs ? [told(`the global parameter ${text}`, span, item.span)] : [];
  });
}

function modules({ modules: { ours } }: CheckContext): readonly Diagnostic[] {
  return ours.flatMap(({ name, chapter, statement: { path, span } }) =>
    chapter ? [] : [told(`the module ${name}`, path.span, span)],
  );
}

/** Of a module that OpenSIPS has; that the name is a slip is told elsewhere. */
function params({ params: { lines } }: CheckContext): readonly Diagnostic[] {
  return lines.flatMap(({ given, modules: reached, statement }) =>
    reached.flatMap((module) => {
      if (module.state !== 'ours' || !module.chapter) return [];
      const isOurs = Object.hasOwn(module.manifest.params ?? {}, given.name);
      if (!isOurs || module.chapter.find('param', given.name).length > 0) return [];
      return [told(`the parameter ${given.name} of ${module.name}`, given.nameSpan, statement.span)];
    }),
  );
}

function told(what: string, span: Diagnostic['span'], context: Diagnostic['span']): Diagnostic {
  return diagnostic('not-in-opensips', span, `${what} is of tsips; no version of OpenSIPS has it`, {
    context,
  });
}
