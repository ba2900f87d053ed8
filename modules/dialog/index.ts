import type { ModuleFactory, ModuleFinding, ModuleHost, ScriptRun } from '../../runtime/module-exports.ts';
import { byesOf } from './byes.ts';
import { Contexts } from './contexts.ts';
import { createCounters } from './counters.ts';
import type { Dialog } from './dialog.ts';
import { DialogTable } from './dialog-table.ts';
import { type DialogParts, type DialogSettings, Dialogs } from './dialogs.ts';
import { FlagNames } from './flag-names.ts';
import { manifest } from './manifest.ts';
import { Matching } from './matching.ts';
import { profileCommands } from './profile-commands.ts';
import { Profiles, parseProfiles } from './profiles.ts';
import { recordRouting } from './record-routing.ts';
import { dialogCommands } from './script-commands.ts';
import type { TransactionManager } from './transaction-manager.ts';
import { variablesOf } from './variables.ts';

export { manifest };

/** What other modules get by `host.bind<DialogManager>('dialog')`. */
interface DialogManager {
  /** The dialog of a run. */
  of(run: ScriptRun): Dialog | undefined;
  /** That of an INVITE that begins one, made where there is none. */
  create(run: ScriptRun): Dialog | undefined;
}

const profileParams = ['profiles_with_value', 'profiles_no_value'] as const;

const createModule: ModuleFactory = (host) => {
  const { log } = host;
  let manager: TransactionManager | undefined;
  const transactions = () => (manager ??= host.bind<TransactionManager>('tm'));
  const contexts = new Contexts(transactions);
  const [withValue, withoutValue] = profileParams.map((name) => profilesFrom(host, name));
  const parts: DialogParts = {
    host,
    table: new DialogTable(Number(host.params.hash_size)),
    contexts,
    profiles: new Profiles(withValue ?? [], withoutValue ?? []),
    counters: createCounters(host),
    flagNames: new FlagNames(),
    settings: settingsOf(host),
    transactions,
  };
  const routing = recordRouting(host);
  const dialogs = new Dialogs(parts, (dialog) => sendByes(host, transactions(), dialog));
  const matching = new Matching(parts, dialogs, routing);

  return {
    commands: {
      ...dialogCommands({ parts, dialogs, matching }),
      ...profileCommands(parts),
    },
    variables: variablesOf(parts, dialogs),
    api: {
      of: (run) => contexts.dialogOf(run),
      create: (run) => dialogs.create(run, undefined),
    } satisfies DialogManager,
    check: () => profileParams.flatMap((name) => profileFindings(host, name)),
    init() {
      log.info('mod_init', 'Dialog module - initializing');
      transactions().onTransaction((transaction, run) => {
        const { dialog, towards } = contexts.of(run) ?? {};
        if (!dialog) return;
        dialogs.follow(transaction, dialog);
        if (towards !== undefined) dialogs.refreshTargets(transaction, dialog, towards);
      });
      routing?.onRouted((run) => void matching.match(run));
      host.onRequestDone((run) => {
        const dialog = contexts.dialogOf(run);
        if (dialog) dialogs.abandon(dialog);
      });
    },
    destroy: () => dialogs.stop(),
  };
};

export default createModule;

function settingsOf({ params, version }: ModuleHost): DialogSettings {
  const usual = version.startsWith('2.') ? 0 : 1;
  return {
    defaultTimeout: Number(params.default_timeout),
    routeParam: String(params.rr_param),
    matchMode: Number(params.dlg_match_mode ?? usual),
    maxDialogs: Number(params.max_dialogs),
    maxLegs: Number(params.max_callees),
  };
}

/** What cannot be read is told by `check`. */
function profilesFrom({ params }: ModuleHost, name: (typeof profileParams)[number]): readonly string[] {
  try {
    return parseProfiles(String(params[name] ?? ''));
  } catch {
    return [];
  }
}

function profileFindings(
  { params }: ModuleHost,
  param: (typeof profileParams)[number],
): readonly ModuleFinding[] {
  try {
    parseProfiles(String(params[param] ?? ''));
    return [];
  } catch (error) {
    return [
      {
        code: 'profile-name',
        severity: 'error',
        message: error instanceof Error ? error.message : String(error),
        why: 'OpenSIPS does not start with it',
        help: 'write the names of the profiles with semicolons between',
        param,
      },
    ];
  }
}

/** What becomes of them changes nothing: the call is over. */
function sendByes({ params, log }: ModuleHost, transactions: TransactionManager, dialog: Dialog): void {
  for (const bye of byesOf(dialog, String(params.dlg_extra_hdrs ?? ''))) {
    transactions.request(bye).catch((error: unknown) => {
      log.error('send_leg_bye', `failed to send the BYE request: ${String(error)}`);
    });
  }
}
