import type { Database, ModuleFactory, ModuleFinding, ModuleHost } from '../../runtime/module-exports.ts';
import { columnsOf } from './columns.ts';
import { keyCommands } from './key-commands.ts';
import { managementOf } from './management.ts';
import { manifest } from './manifest.ts';
import { type MaybePromise, then } from './maybe.ts';
import type { RowTools } from './rows.ts';
import { socketOf } from './socket-text.ts';
import { SqlStorage } from './sql-storage.ts';
import { memoryAlone, type Storage } from './storage.ts';
import { UserLocation } from './user-location.ts';
import { type WorkingMode, workingModeOf } from './working-mode.ts';

export { manifest };

const createModule: ModuleFactory = (host) => {
  const { log, timers, params } = host;
  let storage: Storage = memoryAlone;
  const location = new UserLocation(host, () => storage);

  const sweep = (): MaybePromise<void> => {
    for (const table of location.tables()) table.sweep();
    return then(storage.flush(), () => removeExpired(storage, location));
  };
  const sweepAndTell = async () => {
    try {
      await sweep();
    } catch (error) {
      log.error('synchronize_all_udomains', `synchronizing cache failed: ${String(error)}`);
    }
  };
  const management = managementOf({
    useDomain: location.useDomain,
    showKeys: params.mi_dump_kv_store === 1,
    get writes() {
      return storage !== memoryAlone;
    },
    now: location.now,
    tables: () => location.tables(),
    find: (name) => location.find(name),
    sameUri: (one, other) => location.sameUri(one, other),
    branchNames: (bits) => host.flags.branchNames(bits),
    flush: sweep,
    rewrite: (table, aor) => storage.rewrite(table, aor),
  });

  return {
    commands: keyCommands({ log, table: (name) => location.table(name) }),
    mi: Object.fromEntries(
      Object.entries(management).flatMap(([name, call]) => [
        [name, call],
        [`ul_${name}`, call],
      ]),
    ),
    api: location,
    check: () => modeFindings(host),
    init() {
      const mode = startMode(host);
      if (mode.write) storage = openStorage(host, mode, location);
      host.statistics.gauge('registered_users', () =>
        [...location.tables()].reduce((sum, { users }) => sum + users, 0),
      );
    },
    async childInit() {
      // The names of flags in a database are known only when the script and nat_bflag have got their bits.
      location.claimFlags();
      for (const table of location.tables()) {
        await storage.checkTable(table);
        await storage.load(table);
      }
      timers.every(Number(params.timer_interval) * 1000, () => void sweepAndTell());
      if (params.contact_refresh_timer === 1) timers.every(1000, () => askRefreshes(location));
    },
    destroy: sweepAndTell,
  };
};

export default createModule;

function askRefreshes(location: UserLocation): void {
  for (const table of location.tables()) table.askRefreshes();
}

async function removeExpired(storage: Storage, location: UserLocation): Promise<void> {
  for (const table of location.tables()) await storage.removeExpired(table, location.now());
}

/** Errors: a mode that does not go, with its line in the log as OpenSIPS has it. */
function startMode(host: ModuleHost): WorkingMode {
  try {
    const mode = workingModeOf(host);
    if (mode.write && databaseUrl(host) === '') throw new Error(noDatabase);
    return mode;
  } catch (error) {
    host.log.error('ul_check_config', error instanceof Error ? error.message : String(error));
    throw error;
  }
}

const noDatabase = 'selected mode requires a db connection -> db_url';

/** db_url, else what the core names for all modules. */
function databaseUrl({ params, globals }: ModuleHost): string {
  return String(params.db_url ?? globals.get('db_default_url') ?? '');
}

function openStorage(host: ModuleHost, mode: WorkingMode, location: UserLocation): Storage {
  const { params, flags, routing, log } = host;
  const rows: RowTools = {
    columns: columnsOf(params),
    useDomain: location.useDomain,
    flagNames: (bits) => flags.branchNames(bits),
    flagBits: (names) => flags.branchBits(names),
    socket: (text) => socketOf(text, routing),
  };
  const database: Database = host.database(databaseUrl(host));
  return new SqlStorage({
    database,
    log,
    rows,
    write: mode.write ?? 'through',
    inMemory: mode.inMemory,
    renewBrokenIds: params.regen_broken_contactid === 1,
    now: location.now,
  });
}

function modeFindings(host: ModuleHost): readonly ModuleFinding[] {
  try {
    const mode = workingModeOf(host);
    const url = databaseUrl(host);
    if (mode.write && url === '') throw new Error(noDatabase);
    return mode.write ? host.databaseFindings(url, 'db_url') : [];
  } catch (error) {
    return [
      {
        code: 'mode-unusable',
        severity: 'error',
        message: error instanceof Error ? error.message : String(error),
        why: 'the host would not start with these parameters',
        help: 'set working_mode_preset to one of the modes in the manual, and db_url where it writes to a database',
      },
    ];
  }
}
