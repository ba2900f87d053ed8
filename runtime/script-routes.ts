import { type Config, routeLetters } from '../grammar/index.ts';
import { HostError } from './host-error.ts';
import type { ScriptRoutes } from './module-exports.ts';
import { createOwnRun, createRun, type Routes } from './script/index.ts';

/**
 * The routes of a config for modules: which there are is known from its text, before they are compiled; they run when
 * `routes` gives them.
 */
export function scriptRoutes(config: Config, routes: () => Routes | undefined): ScriptRoutes {
  const names = new Set<string>();
  for (const item of config.items) {
    if (item.kind === 'RouteBlock') names.add(`${routeLetters[item.keyword]} ${item.name?.text ?? '0'}`);
  }
  return {
    has: (letter, name = '0') => names.has(`${letter} ${name}`),
    createRun,
    createOwnRun,
    run(letter, name, run) {
      const compiled = routes();
      if (compiled) return compiled.run(letter, name, run);
      throw new HostError('HOST_NOT_RUNNING', 'a module runs a route before the routes are compiled');
    },
    variable(text) {
      const compiled = routes();
      if (compiled) return compiled.variable(text);
      throw new HostError('HOST_NOT_RUNNING', 'a module asks for a variable before the routes are compiled');
    },
  };
}
