import type { Database, ModuleHost } from '../../runtime/module-exports.ts';
import { type CoreColumns, DatabaseRecords } from './database-records.ts';
import { EventRecords } from './event-records.ts';
import { type BackendFields, type TagFields, tagFieldsOf } from './fields.ts';
import type { Backend } from './kinds.ts';
import { LogRecords } from './log-records.ts';
import { olderFieldsOf } from './older-fields.ts';
import type { Records } from './records.ts';
import { databaseUrl, facilityOf, olderExtraOf, olderLegsOf, textOf } from './settings.ts';

interface RecordPlan {
  readonly extra: TagFields;
  readonly leg: TagFields;
  readonly since: (version: string) => boolean;
}

/**
 * Makes the backends, and opens the database. Errors: a table of another version; fields of a database that is not given;
 * those of the database, and of parameters that cannot be read.
 */
export async function makeRecords(host: ModuleHost, plan: RecordPlan): Promise<Records> {
  const { log, params, events } = host;
  const fields = fieldsFor(host, plan);
  const alwaysTimes = plan.since('3.2');
  const facility = facilityOf(params.log_facility);
  return {
    log: new LogRecords(
      log,
      { level: Number(params.log_level), facility, alwaysTimes, tellsMilliseconds: plan.since('2.2') },
      fields('log'),
    ),
    evi: new EventRecords(events, fields('evi'), alwaysTimes),
    db: await databaseRecords(host, fields('db'), plan),
  };
}

const olderParams = ['log_extra', 'evi_extra', 'db_extra', 'multi_leg_info'] as const;

/** Since 2.3 parameters name tags; those of before, which name variables, count where no tags are there. */
function fieldsFor(
  { params, script }: ModuleHost,
  { extra, leg }: RecordPlan,
): (backend: Backend) => BackendFields {
  const namesVariables = olderParams.some((name) => params[name] !== undefined);
  if (!namesVariables || extra.tags.length + leg.tags.length > 0)
    return (backend) => tagFieldsOf(backend, extra, leg);
  return (backend) => olderFieldsOf(olderExtraOf(params, backend), olderLegsOf(params), script);
}

async function databaseRecords(
  host: ModuleHost,
  fields: BackendFields,
  { since }: RecordPlan,
): Promise<DatabaseRecords | undefined> {
  const url = databaseUrl(host);
  if (url !== '') {
    const database = host.database(url);
    await checkTable(database, textOf(host.params, 'db_table_acc'), since('2.2') ? 7 : 6);
    return new DatabaseRecords(database, columnsOf(host.params), fields, since('3.2'));
  }
  const named = fields.extraNames.length > 0 || (since('2.3') && fields.legNames.length > 0);
  if (named && since('2.3')) throw new Error('DB leg and/or extra fields defined but no DB url!');
  return undefined;
}

/** C: db_check_table_version. */
async function checkTable(database: Database, table: string, expected: number): Promise<void> {
  const found = await database.tableVersion(table);
  if (found === expected) return;
  throw new Error(
    `invalid version ${found} for table ${table} found, expected ${expected} (check table structure and table "version")`,
  );
}

function columnsOf(params: ModuleHost['params']): CoreColumns {
  return {
    method: textOf(params, 'acc_method_column'),
    fromTag: textOf(params, 'acc_from_tag_column'),
    toTag: textOf(params, 'acc_to_tag_column'),
    callId: textOf(params, 'acc_callid_column'),
    code: textOf(params, 'acc_sip_code_column'),
    reason: textOf(params, 'acc_sip_reason_column'),
    time: textOf(params, 'acc_time_column'),
  };
}
