import type { ModuleFactory, ModuleFinding, ModuleHost, ScriptRun } from '../../runtime/module-exports.ts';
import { Accountings } from './accounting.ts';
import { accountingCommands } from './accounting-commands.ts';
import { BegunCalls } from './begun-calls.ts';
import { Calls } from './calls.ts';
import type { DialogManager } from './dialog-manager.ts';
import { Follower, wishesOfScript } from './follow.ts';
import { dropRuleOf, type Obstacle } from './kinds.ts';
import { makeRecords } from './make-records.ts';
import { manifest } from './manifest.ts';
import { olderFlags } from './older-flags.ts';
import { tableReader } from './older-table.ts';
import type { Records } from './records.ts';
import { requestCommands } from './request-commands.ts';
import { databaseUrl, settingFindings, tagFieldsFrom, textOf } from './settings.ts';
import type { TransactionManager } from './transaction-manager.ts';
import { accCurrentLeg, accExtra, accLeg } from './variables.ts';
import { versionTest } from './version.ts';

export { manifest };

/** What accounting asks of the module rr. */
interface RecordRoute {
  /** append_fromtag is on. */
  readonly appendsFromTag: boolean;
  isUpstream(run: ScriptRun): boolean;
}

const createModule: ModuleFactory = (host) => {
  const { log, params } = host;
  const since = versionTest(host.version);
  const extra = tagFieldsFrom(params, 'extra_fields');
  const leg = tagFieldsFrom(params, 'leg_fields');
  let manager: TransactionManager | undefined;
  const transactions = () => (manager ??= host.bind<TransactionManager>('tm'));
  const accountings = new Accountings(transactions, leg.tags.length > 0);
  const missedTable = textOf(params, 'db_table_missed_calls');
  const table = textOf(params, 'db_table_acc');
  const flags = olderFlags(host, databaseUrl(host) !== '');
  const detectsDirection = params.detect_direction !== 0;
  let records: Records | undefined;
  let follower: Follower | undefined;
  let calls: Calls | undefined;

  const recordsNow = (): Records => {
    if (records) return records;
    throw new Error('a request is accounted before the module has started');
  };
  const begun = new BegunCalls(dialogsOf(host), log);
  const isUpstream = (run: ScriptRun) => detectsDirection && host.bind<RecordRoute>('rr').isUpstream(run);

  return {
    commands: {
      ...accountingCommands({
        accountings,
        log,
        reportCancels: params.report_cancels !== 0,
        table,
        obstacle: obstacleOf(host, since('3.2')),
        drop: dropRuleOf(since),
        isUpstream,
        calls: begun,
        follow(run, accounting) {
          if (accounting.hasCall) return;
          const transaction = transactions().transactionOf(run);
          if (transaction) follower?.follow(transaction, accounting);
        },
      }),
      ...requestCommands({
        accountings,
        records: recordsNow,
        log,
        missedTable,
        tellsDatabaseEarly: !since('3.0'),
      }),
    },
    variables: {
      acc_extra: accExtra(accountings, extra.tags),
      acc_leg: accLeg(accountings, leg.tags, log),
      acc_current_leg: accCurrentLeg(accountings, log),
    },
    check: () => [...settingFindings(host), ...directionFindings(host), ...databaseFindingsOf(host)],
    init() {
      log.info('mod_init', 'initializing...');
      for (const tag of [...extra.repeated, ...leg.repeated]) {
        log.warning('add_extra', `Tag <${tag}> redefined for same backend! The first definition counts!`);
      }
      transactions().onTransaction((transaction, run) => {
        const flagged = flags?.asks(run.message) ?? false;
        const accounting = flagged ? accountings.ensure(run) : accountings.of(run);
        if (!accounting || !(flagged || accounting.asked)) return;
        if (flagged) accounting.isUpstream = isUpstream(run);
        if (flagged && flags?.asksForCall(run.message)) begun.begin(run, accounting);
        if (accounting.hasCall) calls?.follow(transaction, accounting);
        else follower?.follow(transaction, accounting);
      });
      transactions().onOwnRequest((transaction, run) => {
        const accounting = accountings.of(run);
        if (accounting?.asked) follower?.followOwn(transaction, accounting);
      });
      host.onRequestDone((run) => calls?.runDone(run));
    },
    async childInit() {
      records = await makeRecords(host, { extra, leg, since });
      calls = new Calls({ records, accountings, transactions, log, roundsUp: since('3.2') });
      follower = new Follower(
        { earlyMedia: params.early_media !== 0, missedTable, table: tableReader(host, table) },
        flags ?? wishesOfScript,
        records,
        accountings,
        log,
        calls,
        (run) => begun.dialogOf(run),
      );
    },
  };
};

export default createModule;

function databaseFindingsOf(host: ModuleHost): readonly ModuleFinding[] {
  const url = databaseUrl(host);
  return url === '' ? [] : host.databaseFindings(url, 'db_url');
}

/** Where the module dialog is loaded, records of calls can be written. */
function dialogsOf(host: ModuleHost): DialogManager | undefined {
  try {
    return host.bind<DialogManager>('dialog');
  } catch {
    return undefined;
  }
}

/** C: do_acc_type_parser. Up to 3.1 a database that is missing shows when it is used. */
function obstacleOf(host: ModuleHost, needsDatabase: boolean): Obstacle {
  return (word) => {
    if (word === 'aaa') return 'do_accounting("aaa") was used, but there are no modules for AAA servers here';
    if (word === 'db' && needsDatabase && databaseUrl(host) === '') {
      return 'do_accounting("db") was used, but no db_url is given';
    }
    return undefined;
  };
}

function directionFindings(host: ModuleHost): readonly ModuleFinding[] {
  if (host.params.detect_direction === 0 || host.bind<RecordRoute>('rr').appendsFromTag) return [];
  return [
    {
      code: 'append-fromtag-is-off',
      severity: 'error',
      message: "'append_fromtag' RR param is not enabled! - required by 'detect_direction'",
      why: 'whether a request goes to who was called is read from that tag in its Route, so the start fails',
      help: 'set append_fromtag of the module rr to 1, or detect_direction to 0',
      param: 'detect_direction',
    },
  ];
}
