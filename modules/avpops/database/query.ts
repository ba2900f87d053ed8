import type {
  Command,
  ModuleHost,
  PreparedArgument,
  ScriptRun,
  ScriptValue,
  SqlTable,
  SqlValue,
} from '../../../runtime/module-exports.ts';
import { addValue } from '../avp-lists.ts';
import { avpIn } from '../read-arguments.ts';
import { asking, FAILED } from './asking.ts';
import type { DatabaseUrls } from './database-urls.ts';

/** What a query answers where it has no rows. */
export const NO_ROWS = -2;

/** The largest and smallest integer of the script. */
const integers = { least: -(2 ** 31), most: 2 ** 31 - 1 };

/** avp_db_query("query", "$avp(a);$avp(b)", "number of the database"). */
export function queryCommand(host: Pick<ModuleHost, 'log'>, urls: DatabaseUrls): Command {
  return rawCommand(host, urls, intoAvps);
}

/** Puts the rows of a table somewhere: what the function answers. */
export type TakeTable = (run: ScriptRun, table: SqlTable) => number;

/** A function of a query, of what its rows go into, and of a database. */
export function rawCommand(
  { log }: Pick<ModuleHost, 'log'>,
  urls: DatabaseUrls,
  into: (results: PreparedArgument | undefined) => TakeTable,
): Command {
  return {
    prepare([query, results, id]) {
      const databaseOf = urls.named(id);
      const take = into(results);
      return (run) => {
        const text = String(query?.evaluate(run) ?? '');
        if (text === '') log.error('ops_dbquery_avps', 'cannot print the query');
        const database = text === '' ? undefined : databaseOf(run);
        if (!database) return FAILED;
        return asking(
          log,
          'db_query_avp',
          () => database.rawTable(text),
          (table) => take(run, table),
        );
      };
    },
  };
}

/** All rows go into the AVPs of a list. */
export function intoAvps(results: PreparedArgument | undefined): TakeTable {
  const namesOf = resultNames(results);
  return (run, table) => takeRows(run, table, namesOf(run));
}

/** The AVPs of a list; undefined where there is none: then each column has its number. Errors: for what is no list of AVPs. */
function resultNames(
  argument: PreparedArgument | undefined,
): (run: ScriptRun) => readonly string[] | undefined {
  const text = argument?.given ? String(argument.constant ?? '') : '';
  if (text === '') return () => undefined;
  const avps = text
    .split(/[\s,;]+/)
    .filter((part) => part !== '')
    .map((part) => avpIn(argument, part));
  if (avps.length === 0) throw new TypeError(`wrong item name list [${text}]`);
  return (run) => avps.map((nameOf) => nameOf(run));
}

/** The first row's values come first. A column without a name in the list is left out. */
function takeRows(run: ScriptRun, { kinds, rows }: SqlTable, names: readonly string[] | undefined): number {
  if (rows.length === 0 || rows[0]?.length === 0) return NO_ROWS;
  for (const row of rows.toReversed()) {
    for (const [index, value] of row.entries()) {
      const name = names ? names[index] : String(index + 1);
      if (name !== undefined) addValue(run, name, scriptValue(value, kinds[index]));
    }
  }
  return 1;
}

/**
 * NULL is the text `<null>`; a time is seconds since 1970, in the time zone of the host; a fraction is a text with eight
 * digits behind its point.
 *
 * Deviation: a number that the script's integers cannot hold is a text; OpenSIPS takes its lower 32 bits.
 */
export function scriptValue(value: SqlValue, kind: SqlTable['kinds'][number]): ScriptValue {
  if (value === null) return '<null>';
  if (typeof value !== 'number') return kind === 'time' ? (secondsOf(value) ?? value) : value;
  if (kind === 'fraction' || !Number.isInteger(value)) return value.toFixed(8);
  return value >= integers.least && value <= integers.most ? value : String(value);
}

function secondsOf(text: string): number | undefined {
  const milliseconds = Date.parse(text.replace(' ', 'T'));
  return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1000);
}
