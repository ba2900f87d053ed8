import type { Command, Logger, ScriptRun, ScriptValue } from '../../runtime/module-exports.ts';
import type { Dialog } from './dialog.ts';
import type { DialogParts } from './dialogs.ts';
import type { Profiles } from './profiles.ts';

/** set_dlg_profile and its kin (dialog.c: w_set_dlg_profile …). */
export function profileCommands({
  contexts,
  profiles,
  host,
}: DialogParts): Readonly<Record<string, Command>> {
  const { log } = host;
  const change =
    (
      caller: string,
      work: (dialog: Dialog, name: string, value: string, clear: boolean) => boolean,
    ): Command =>
    (run, name, value, clear) => {
      const dialog = contexts.dialogOf(run);
      const profile = String(name);
      const own = checkedValue(profiles, log, caller, profile, value);
      if (own === undefined) return false;
      if (!dialog) {
        log.warning(caller, 'dialog was not yet created - script error');
        return false;
      }
      return work(dialog, profile, own, clear === 1);
    };
  return {
    set_dlg_profile: change('w_set_dlg_profile', (dialog, name, value, clear) => {
      profiles.add(name, value, dialog, clear);
      return true;
    }),
    unset_dlg_profile: change('w_unset_dlg_profile', (dialog, name, value) => {
      if (profiles.remove(name, value, dialog)) return true;
      const what = value === '' ? '' : ` with value ${value}`;
      log.warning('w_unset_dlg_profile', `dialog not found in profile ${name}${what}`);
      return false;
    }),
    is_in_profile(run, name, value) {
      const dialog = contexts.dialogOf(run);
      if (!dialog || !isDefined(profiles, log, 'w_is_in_profile', String(name))) return false;
      return profiles.has(String(name), textOf(value), dialog);
    },
    get_profile_size: {
      prepare([name, value, into]) {
        return (run: ScriptRun) => {
          const profile = String(name?.evaluate(run) ?? '');
          if (!isDefined(profiles, log, 'w_get_profile_size', profile)) return false;
          into?.assign(run, profiles.size(profile, value?.given ? textOf(value.evaluate(run)) : undefined));
          return true;
        };
      },
    },
  };
}

/** The value for that profile, '' where it has none; undefined where there is no such profile, or a value is missing. */
function checkedValue(
  profiles: Profiles,
  log: Logger,
  caller: string,
  name: string,
  value: ScriptValue | undefined,
): string | undefined {
  if (!isDefined(profiles, log, caller, name)) return undefined;
  if (!profiles.hasValue(name)) return '';
  const text = textOf(value);
  if (text === undefined) log.warning(caller, 'missing value');
  return text;
}

function isDefined(profiles: Profiles, log: Logger, caller: string, name: string): boolean {
  if (profiles.hasValue(name) !== undefined) return true;
  log.error(caller, `profile <${name}> not defined`);
  return false;
}

function textOf(value: ScriptValue | undefined): string | undefined {
  return value === null || value === undefined ? undefined : String(value);
}
