import type {
  ScriptRun,
  ScriptValue,
  VariableBehaviour,
  VariableFacts,
} from '../../runtime/module-exports.ts';
import type { Dialog } from './dialog.ts';
import type { DialogParts, Dialogs } from './dialogs.ts';
import { state } from './states.ts';

export const variableFacts: Readonly<Record<string, VariableFacts>> = {
  DLG_count: { description: 'how many dialogs are accepted and not ended' },
  DLG_did: { description: 'the id of the dialog' },
  DLG_dir: { description: 'which way the request goes: downstream, from the caller, or upstream' },
  DLG_end_reason: { description: 'why the dialog has ended' },
  DLG_flags: { description: 'the names of the flags of the dialog', writable: true },
  DLG_lifetime: { description: 'for how many seconds the call has been accepted' },
  DLG_status: {
    description: '1 not answered, 2 rings, 3 accepted, 4 accepted and acknowledged, 5 ended',
  },
  DLG_timeout: { description: 'after how many seconds the dialog ends', writable: true },
  dlg_val: { description: 'a value of the dialog, by its name', inner: 'required', writable: true },
};

/** What they are of the run's dialog; NULL without one (dialog.c: pv_get_dlg_status and its kin). */
export function variablesOf(
  parts: DialogParts,
  dialogs: Dialogs,
): Readonly<Record<string, VariableBehaviour>> {
  const { contexts, counters, flagNames, host } = parts;
  const reading = (read: (dialog: Dialog, run: ScriptRun) => ScriptValue): VariableBehaviour['get'] => {
    return (run) => {
      const dialog = contexts.dialogOf(run);
      return dialog ? read(dialog, run) : null;
    };
  };
  return {
    DLG_count: { get: () => counters.active },
    DLG_did: { get: reading(({ id }) => id) },
    DLG_dir: { get: reading((_dialog, run) => directionOf(run, contexts.of(run)?.towards)) },
    DLG_end_reason: { get: reading(({ endReason }) => endReason ?? null) },
    DLG_flags: {
      get: reading(({ flags }) => flagNames.print(flags)),
      set(run, _inner, value) {
        const dialog = contexts.dialogOf(run);
        if (!dialog) throw new Error('there is no dialog');
        dialog.flags.clear();
        for (const name of flagNames.read(String(value ?? ''))) dialog.flags.add(name);
      },
    },
    DLG_lifetime: {
      get: reading((dialog) =>
        dialog.state > state.early && dialog.startTime > 0
          ? Math.floor(Date.now() / 1000) - dialog.startTime
          : 0,
      ),
    },
    DLG_status: { get: reading((dialog) => dialog.state) },
    DLG_timeout: {
      get(run) {
        const context = contexts.of(run);
        return context?.dialog ? timeLeft(context.dialog, host.timers.now()) : (context?.timeout ?? null);
      },
      set(run, _inner, value) {
        const seconds = Number(value ?? Number.NaN);
        if (!Number.isInteger(seconds))
          throw new Error('cannot assign what is no number to the dialog timeout');
        if (seconds < 0) throw new Error('cannot set a negative timeout');
        const context = contexts.ensure(run);
        if (context.dialog) dialogs.setLifetime(context.dialog, seconds);
        else context.timeout = seconds;
      },
    },
    dlg_val: {
      get: (run, inner) => contexts.dialogOf(run)?.values.get(inner) ?? null,
      set(run, inner, value) {
        const dialog = contexts.dialogOf(run);
        if (!dialog) throw new Error('there is no dialog');
        if (value === null) dialog.values.delete(inner);
        else dialog.values.set(inner, value);
      },
    },
  };
}

/** Requests alone have one. */
function directionOf({ routeLetter }: ScriptRun, towards: number | undefined): ScriptValue {
  if (towards === undefined || (routeLetter !== 'R' && routeLetter !== 'B')) return null;
  return towards === 0 ? 'upstream' : 'downstream';
}

function timeLeft(dialog: Dialog, now: number): number {
  if (dialog.state === state.deleted) return 0;
  return dialog.isEstablished ? Math.max(0, Math.ceil((dialog.endsAt - now) / 1000)) : dialog.lifetime;
}
