import type { Command, CommandResult, PreparedArgument, ScriptRun } from '../../runtime/module-exports.ts';
import type { Dialog, DialogRoutes, DialogWishes } from './dialog.ts';
import type { DialogParts, Dialogs } from './dialogs.ts';
import type { Matching } from './matching.ts';
import { fixRoute } from './route-fixing.ts';
import { validate } from './validation.ts';

interface CommandParts {
  readonly parts: DialogParts;
  readonly dialogs: Dialogs;
  readonly matching: Matching;
}

/** The functions about dialogs themselves, their values and flags. */
export function dialogCommands({
  parts,
  dialogs,
  matching,
}: CommandParts): Readonly<Record<string, Command>> {
  const { contexts, flagNames, host } = parts;
  const withDialog =
    (work: (dialog: Dialog, run: ScriptRun) => CommandResult) =>
    (run: ScriptRun): CommandResult => {
      const dialog = contexts.dialogOf(run);
      return dialog ? work(dialog, run) : false;
    };
  const onFlag = (work: (dialog: Dialog, name: string) => CommandResult): Command => ({
    prepare([flag]) {
      const { constant } = flag ?? {};
      if (typeof constant === 'string') flagNames.add(constant);
      return withDialog((dialog, run) => work(dialog, String(flag?.evaluate(run) ?? '')));
    },
  });
  const onMoment = (moment: keyof DialogRoutes): Command => ({
    prepare: ([route]) => {
      const name = routeOf(route, host.script);
      return withDialog((dialog, run) => {
        dialog.routes[moment] = name(run);
      });
    },
  });
  return {
    create_dialog: {
      prepare([flags]) {
        const wishes = flags?.given ? wishesOf(flags) : undefined;
        return (run) => dialogs.create(run, wishes?.(run)) !== undefined;
      },
    },
    match_dialog: (run, mode) => matching.match(run, modes[String(mode ?? '')]),
    validate_dialog: (run) => validate(run, contexts.of(run), host),
    fix_route_dialog(run) {
      const { dialog, towards } = contexts.of(run) ?? {};
      const leg = towards === undefined ? undefined : dialog?.legs[towards];
      if (!leg) return false;
      fixRoute(run.message, leg, host.routing);
      return true;
    },
    set_dlg_flag: onFlag((dialog, name) => void dialog.flags.add(name)),
    reset_dlg_flag: onFlag((dialog, name) => void dialog.flags.delete(name)),
    is_dlg_flag_set: onFlag((dialog, name) => dialog.flags.has(name)),
    test_and_set_dlg_flag: {
      prepare([flag, wanted]) {
        const { constant } = flag ?? {};
        if (typeof constant === 'string') flagNames.add(constant);
        return (run) => {
          const dialog = contexts.dialogOf(run);
          if (!dialog) return -2;
          return testAndSet(dialog, String(flag?.evaluate(run) ?? ''), Number(wanted?.evaluate(run) ?? 0));
        };
      },
    },
    store_dlg_value(run, name, value) {
      const dialog = contexts.dialogOf(run);
      if (!dialog || value === null || value === undefined) return false;
      dialog.values.set(String(name), value);
      return true;
    },
    fetch_dlg_value: {
      prepare([name, into]) {
        return withDialog((dialog, run) => {
          const value = dialog.values.get(String(name?.evaluate(run) ?? ''));
          if (value === undefined) return false;
          into?.assign(run, value);
          return true;
        });
      },
    },
    dlg_on_answer: onMoment('answer'),
    dlg_on_timeout: onMoment('timeout'),
    dlg_on_hangup: onMoment('hangup'),
  };
}

/** dlg_match_mode by its names. */
const modes: Readonly<Record<string, number>> = { DID_ONLY: 0, DID_FALLBACK: 1, DID_NONE: 2 };

/** Turns a flag round where it is as wanted. C: test_and_set_dlg_flag. */
function testAndSet({ flags }: Dialog, name: string, wanted: number): boolean {
  if (flags.has(name) !== (wanted === 1)) return false;
  if (wanted === 1) flags.delete(name);
  else flags.add(name);
  return true;
}

/** Letters that mean nothing here are taken all the same: pings and the like are not sent. */
function wishesOf(flags: PreparedArgument): (run: ScriptRun) => DialogWishes {
  return (run) => ({ byeOnTimeout: String(flags.evaluate(run) ?? '').includes('B') });
}

/** Errors at the start: a route that there is not. Without an argument the route is forgotten. */
function routeOf(
  argument: PreparedArgument | undefined,
  script: DialogParts['host']['script'],
): (run: ScriptRun) => string | undefined {
  if (!argument?.given) return () => undefined;
  const { constant } = argument;
  if (typeof constant === 'string' && !script.has('R', constant))
    throw new Error(`route <${constant}> does not exist`);
  return (run) => {
    const name = String(argument.evaluate(run) ?? '');
    return script.has('R', name) ? name : undefined;
  };
}
