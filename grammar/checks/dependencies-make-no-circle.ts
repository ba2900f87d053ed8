import { type Diagnostic, diagnostic } from '../findings/diagnostics.ts';
import type { Check } from './facts/context.ts';
import { needsOf } from './facts/dependencies.ts';
import type { OurModule } from './facts/modules.ts';

/**
 * No modules depend on each other in a circle; `silent` dependencies only ask for an order where one is possible.
 * OpenSIPS does not look for circles (sr_module_deps.c).
 */
export const dependenciesMakeNoCircle: Check = ({ modules, params }) => {
  const needed = new Map<OurModule, OurModule[]>();
  for (const { module, dependency, answers } of needsOf(modules.ours, params)) {
    if (dependency.missing === 'silent') continue;
    needed.set(module, [...(needed.get(module) ?? []), ...answers]);
  }
  return circlesOf(modules.ours, needed).map(describe);
};

/** Depth first; each circle once, beginning with the module that is loaded first. */
function circlesOf(modules: readonly OurModule[], needed: ReadonlyMap<OurModule, readonly OurModule[]>) {
  const done = new Set<OurModule>();
  const path: OurModule[] = [];
  const circles: OurModule[][] = [];
  const visit = (module: OurModule): void => {
    if (done.has(module)) return;
    const open = path.indexOf(module);
    if (open >= 0) {
      circles.push(path.slice(open));
      return;
    }
    path.push(module);
    for (const next of new Set(needed.get(module))) visit(next);
    path.pop();
    done.add(module);
  };
  for (const module of modules) visit(module);
  return circles;
}

function describe(circle: readonly OurModule[]): Diagnostic {
  const [first, ...others] = circle;
  const names = [...circle, ...circle.slice(0, 1)].map(({ name }) => name);
  const span = first?.statement.path.span ?? { start: 0, end: 0 };
  const message =
    others.length === 0
      ? `module ${names[0]} depends on itself`
      : `modules depend on each other in a circle: ${names.join(' → ')}`;
  return diagnostic('dependency-circle', span, message, {
    notes: others.map(({ name, statement }) => ({
      message: `${name} is loaded here`,
      span: statement.path.span,
    })),
  });
}
