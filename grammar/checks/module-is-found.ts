import { diagnostic } from '../findings/diagnostics.ts';
import type { Check } from './facts/context.ts';
import type { MissingModule } from './facts/modules.ts';

/** Every `loadmodule` line leads to a module, of tsips or at least of OpenSIPS. */
export const moduleIsFound: Check = ({ modules }) =>
  modules.missing.map((module) => {
    const { problem, looked, unknown } = module.lookup;
    const span = module.statement.path.span;
    if (unknown) {
      return diagnostic('module-not-checked', span, `module ${module.name} is not checked: no manifest`, {
        context: module.statement.span,
        notes: looked.map((message) => ({ message })),
      });
    }
    if (problem !== undefined) {
      return diagnostic('module-not-found', span, `module ${module.name} cannot be used`, {
        context: module.statement.span,
        why: problem,
        help: 'mend the file that was found',
        notes: looked.map((message) => ({ message })),
      });
    }
    const near = module.meant;
    return diagnostic('module-not-found', span, `module ${module.name} is not found`, {
      context: module.statement.span,
      ...(near !== undefined && {
        help: `did you mean ${near}?`,
        fix: { span, text: `"${fixedPath(module, near)}"` },
      }),
      notes: looked.map((place) => ({ message: `looked for ${place}` })),
    });
  });

/** The path as written with another name in its place. */
function fixedPath(module: MissingModule, name: string): string {
  const path = module.statement.path.value;
  const at = path.lastIndexOf(module.name);
  return path.slice(0, at) + name + path.slice(at + module.name.length);
}
