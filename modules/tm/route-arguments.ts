import type {
  Command,
  CommandResult,
  ModuleHost,
  RouteLetter,
  ScriptRun,
} from '../../runtime/module-exports.ts';

/**
 * A function whose argument names a route: a name that stands in the script is looked for at the start, as OpenSIPS does
 * (fixup_froute), another one at each call.
 */
export function armingCommand(
  { script, log }: Pick<ModuleHost, 'script' | 'log'>,
  letter: RouteLetter,
  kind: string,
  arm: (run: ScriptRun, route: string) => void,
): Command {
  return {
    prepare([name]) {
      const { constant } = name ?? {};
      const fixed = constant === undefined ? undefined : String(constant ?? '');
      if (fixed !== undefined && !script.has(letter, fixed)) {
        throw new Error(`${kind} route <${fixed}> does not exist`);
      }
      return (run): CommandResult => {
        const route = fixed ?? String(name?.evaluate(run) ?? '');
        if (fixed === undefined && !script.has(letter, route)) {
          log.error('fixup_route', `${kind} route <${route}> does not exist`);
          return false;
        }
        arm(run, route);
        return true;
      };
    },
  };
}
