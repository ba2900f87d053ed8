import type { Command, Logger, PreparedArgument, ScriptRun } from '../../runtime/module-exports.ts';
import type { Accounting, Accountings } from './accounting.ts';
import type { BegunCalls } from './begun-calls.ts';
import {
  addKinds,
  type Backend,
  backends,
  type DropRule,
  kind,
  type Obstacle,
  parseBackends,
  parseFlags,
} from './kinds.ts';

export interface AccountingSettings {
  readonly accountings: Accountings;
  readonly log: Logger;
  readonly reportCancels: boolean;
  readonly table: string;
  /** What keeps a backend from being used. */
  readonly obstacle: Obstacle;
  readonly drop: DropRule;
  /** Whether a request goes from who is called to the caller; undefined where nobody asks (detect_direction). */
  readonly isUpstream: (run: ScriptRun) => boolean;
  readonly calls: BegunCalls;
  /** Follows the transaction of a run, now or when there is one. */
  readonly follow: (run: ScriptRun, accounting: Accounting) => void;
}

/** do_accounting, drop_accounting and acc_new_leg. Errors at the start: backends and flags that are none. */
export function accountingCommands(settings: AccountingSettings): Readonly<Record<string, Command>> {
  const { accountings, log, obstacle } = settings;
  const readBackends = (text: string) => parseBackends(text, obstacle);
  const readFlags = (text: string) => {
    const flags = parseFlags(text);
    if ((flags & kind.cdr) === 0 || settings.calls.arePossible) return flags;
    log.error('do_acc_flags_parser', 'dialog module not loaded - cdrs cannot be generated');
    return flags & ~kind.cdr;
  };
  return {
    do_accounting: {
      prepare([first, second, third]) {
        const types = reader(first, readBackends, log);
        const flags = second?.given ? reader(second, readFlags, log) : () => 0;
        return (run) => {
          const to = types(run);
          const bits = flags(run);
          if (to === undefined || bits === undefined) return false;
          return doAccounting(
            settings,
            run,
            to,
            bits,
            third?.given ? String(third.evaluate(run)) : undefined,
          );
        };
      },
    },
    drop_accounting: {
      prepare([first, second]) {
        const types = first?.given ? reader(first, readBackends, log) : () => backends;
        const flags = second?.given ? reader(second, parseFlags, log) : undefined;
        return (run) => {
          const from = types(run);
          const bits = flags?.(run);
          if (from === undefined || (flags && bits === undefined)) return false;
          return dropAccounting(settings, run, from, bits);
        };
      },
    },
    acc_new_leg(run) {
      accountings.ensure(run).legs.push([]);
    },
    acc_load_ctx_from_dlg(run) {
      const accounting = settings.calls.accountingOf(run);
      return accounting !== undefined && accountings.load(run, accounting);
    },
    acc_unload_ctx_from_dlg: (run) => accountings.unload(run),
  };
}

/** Reads an argument: one that is always the same at the start, another one at each run, where the log tells errors. */
function reader<Value>(
  argument: PreparedArgument | undefined,
  read: (text: string) => Value,
  log: Logger,
): (run: ScriptRun) => Value | undefined {
  const { constant } = argument ?? {};
  if (constant !== undefined) {
    const value = read(String(constant ?? ''));
    return () => value;
  }
  return (run) => {
    try {
      return read(String(argument?.evaluate(run) ?? ''));
    } catch (error) {
      log.error('do_acc_parse', error instanceof Error ? error.message : String(error));
      return undefined;
    }
  };
}

function doAccounting(
  settings: AccountingSettings,
  run: ScriptRun,
  to: readonly Backend[],
  flags: number,
  table: string | undefined,
): boolean {
  const { accountings, log } = settings;
  if (run.message.method === 'CANCEL' && !settings.reportCancels) {
    log.warning(
      'w_do_acc',
      "do_accounting() called on CANCEL but 'report_cancels' modparam not set - no accounting will be done for this transaction!",
    );
    return true;
  }
  const accounting = accountings.ensure(run);
  if (to.includes('db')) accounting.table = table ?? accounting.table ?? settings.table;
  if (!accounting.asked) accounting.isUpstream = settings.isUpstream(run);
  accounting.asked = true;
  if (flags & kind.cdr && !settings.calls.begin(run, accounting)) return false;
  addKinds(accounting.kinds, to, flags);
  settings.follow(run, accounting);
  return true;
}

function dropAccounting(
  { accountings, log, drop }: AccountingSettings,
  run: ScriptRun,
  from: readonly Backend[],
  flags: number | undefined,
): boolean {
  const accounting = accountings.of(run);
  if (!accounting) {
    log.error('w_drop_acc', 'do_accounting() not used! This function resets flags in do_accounting()!');
    return false;
  }
  drop(accounting.kinds, from, flags);
  return true;
}
