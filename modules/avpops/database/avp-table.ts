import type {
  Command,
  Database,
  MaybePromise,
  ModuleHost,
  PreparedArgument,
  ScriptRun,
  SqlRow,
} from '../../../runtime/module-exports.ts';
import { addValue } from '../avp-lists.ts';
import { asking, FAILED } from './asking.ts';
import { type Columns, columnsOf } from './columns.ts';
import type { DatabaseUrls } from './database-urls.ts';
import { type DbScheme, readSchemes } from './db-scheme.ts';
import { conditionsOf, type Owner, ownerIn } from './owner.ts';
import { markInDatabase, unstored, type WantedAvps, wantedAvps } from './stored-avps.ts';

type Host = Pick<ModuleHost, 'log' | 'params' | 'routing'>;

/** Bits of the column of types. OpenSIPS sets the second one in every row that it writes, and does not ask for it. */
const valueIsInteger = 1;
const written = 2;

interface Task {
  readonly run: ScriptRun;
  readonly database: Database;
  readonly owner: Owner;
  readonly wanted: WantedAvps;
  readonly columns: Columns;
  readonly log: ModuleHost['log'];
}

/** The functions that load, store and delete the AVPs of a user or an identifier. */
export function avpTableCommands(
  host: Host,
  urls: DatabaseUrls,
  standardTable: string,
): Readonly<Record<'load' | 'store' | 'delete', Command>> {
  const columns = columnsOf(host.params);
  const schemes = readSchemes([host.params.db_scheme ?? []].flat().map(String), columns);
  const useDomain = Number(host.params.use_domain ?? 0) !== 0;
  const prepare = (
    [source, name, id]: readonly (PreparedArgument | undefined)[],
    known: ReadonlyMap<string, DbScheme> | undefined,
    work: (task: Task) => MaybePromise<number>,
  ) => {
    const ownerOf = ownerIn(source, host.routing, useDomain);
    const wanted = wantedAvps(name, standardTable, known);
    const databaseOf = urls.named(id);
    return (run: ScriptRun): MaybePromise<number> => {
      const owner = ownerOf(run);
      if (typeof owner === 'string') host.log.error('ops_db_avps', owner);
      const database = typeof owner === 'string' ? undefined : databaseOf(run);
      if (typeof owner === 'string' || !database) return FAILED;
      return work({ run, database, owner, wanted, columns, log: host.log });
    };
  };
  return {
    load: {
      prepare(args) {
        const [, , , prefix] = args;
        return prepare(args, schemes, (task) =>
          load(task, prefix?.given ? String(prefix.evaluate(task.run) ?? '') : ''),
        );
      },
    },
    store: { prepare: (args) => prepare(args, undefined, store) },
    delete: { prepare: (args) => prepare(args, undefined, remove) },
  };
}

/** Each row becomes a value in front of the others. */
function load(task: Task, prefix: string): MaybePromise<number> {
  const { run, database, owner, wanted, log } = task;
  const columns = wanted.scheme?.columns ?? task.columns;
  const name = wanted.name?.(run);
  const where = conditionsOf(owner, columns);
  if (name !== undefined && !wanted.scheme)
    where.push({ column: columns.attribute, operator: '=', value: name });
  const read = wanted.scheme ? [columns.value] : [columns.value, columns.attribute, columns.type];
  return asking(
    log,
    'ops_dbload_avps',
    () => database.select(wanted.table, read, where),
    (rows) => {
      const loaded = rows.filter((row) => takeRow(row, task, columns, prefix, name));
      return loaded.length > 0 ? 1 : FAILED;
    },
  );
}

function takeRow(
  row: SqlRow,
  { run, wanted: { scheme }, log }: Task,
  columns: Columns,
  prefix: string,
  name: string | undefined,
): boolean {
  const value = row[columns.value] ?? null;
  const attribute = name ?? row[columns.attribute] ?? null;
  if (value === null || attribute === null) {
    log.error(
      'dbrow2avp',
      scheme ? "empty or wrong type for 'value' using scheme" : 'dbrow contains NULL fields',
    );
    return false;
  }
  const isInteger = scheme ? scheme.isInteger : (Number(row[columns.type] ?? 0) & valueIsInteger) !== 0;
  if (isInteger && !/^\d+$/.test(String(value))) {
    log.error('dbrow2avp', `value is not int as flags say <${value}>`);
    return false;
  }
  const avp = `${prefix}${attribute}`;
  const taken = isInteger ? Number(value) | 0 : String(value);
  addValue(run, avp, taken);
  markInDatabase(run, avp, taken);
  return true;
}

function store(task: Task): MaybePromise<number> {
  const { run, database, owner, wanted, columns, log } = task;
  const name = wanted.name?.(run);
  const names = name === undefined ? [...run.avps.keys()] : [name];
  const values = names.flatMap((avp) => unstored(run, avp).map((value) => ({ avp, value })));
  if (values.length === 0) return FAILED;
  const insertAll = () => {
    for (const { avp, value } of values) {
      database.insert(wanted.table, {
        [columns.uuid]: owner.uuid ?? '',
        [columns.attribute]: avp,
        [columns.value]: String(value),
        [columns.type]: typeof value === 'number' ? written | valueIsInteger : written,
        [columns.username]: owner.username ?? '',
        [columns.domain]: owner.domain ?? '',
      });
    }
  };
  return asking(
    log,
    'db_store_avp',
    () => database.transaction(insertAll),
    () => {
      for (const { avp, value } of values) markInDatabase(run, avp, value);
      return 1;
    },
  );
}

function remove({ run, database, owner, wanted, columns, log }: Task): MaybePromise<number> {
  const where = conditionsOf(owner, columns);
  const name = wanted.name?.(run);
  if (name !== undefined) where.push({ column: columns.attribute, operator: '=', value: name });
  return asking(
    log,
    'db_delete_avp',
    () => database.delete(wanted.table, where),
    () => 1,
  );
}
