import type {
  Command,
  Database,
  MaybePromise,
  ModuleHost,
  PreparedArgument,
  ScriptRun,
} from '../../runtime/module-exports.ts';
import { asking, FAILED } from '../avpops/database/asking.ts';
import type { DatabaseUrls } from '../avpops/database/database-urls.ts';
import type { TakeTable } from '../avpops/database/query.ts';
import { readColumns, readFilter, readRow } from './json-arguments.ts';

type Host = Pick<ModuleHost, 'log'>;

/** What an argument is in a run; undefined where it was left out. */
const textOf = (argument: PreparedArgument | undefined, run: ScriptRun): string | undefined =>
  argument?.given ? String(argument.evaluate(run) ?? '') : undefined;

/** sql_select(columns, table, filter, order, results, number of the database) and its sister of one row. */
export function selectCommand(
  { log }: Host,
  urls: DatabaseUrls,
  into: (results: PreparedArgument | undefined) => TakeTable,
): Command {
  return {
    prepare([columns, table, filter, order, results, id]) {
      const databaseOf = urls.named(id);
      const take = into(results);
      return (run) => {
        const database = databaseOf(run);
        if (!database) return FAILED;
        const select = () => {
          const wanted = textOf(columns, run);
          return database.selectTable(
            textOf(table, run) ?? '',
            wanted === undefined ? '*' : readColumns(wanted),
            readFilter(textOf(filter, run) ?? '[]'),
            textOf(order, run),
          );
        };
        // OpenSIPS answers 1 here also where there are no rows.
        return asking(log, 'sql_api_select', select, (found) =>
          found.rows.length === 0 ? 1 : take(run, found),
        );
      };
    },
  };
}

/** The functions that change rows. */
export function changeCommands(
  host: Host,
  urls: DatabaseUrls,
): Readonly<Record<'update' | 'insert' | 'replace' | 'delete', Command>> {
  return {
    update: change(host, urls, 3, (database, [columns, table, filter]) =>
      database.update(table ?? '', readRow(columns ?? ''), readFilter(filter ?? '[]')),
    ),
    insert: change(host, urls, 2, (database, [table, columns]) =>
      database.insert(table ?? '', readRow(columns ?? '')),
    ),
    replace: change(host, urls, 2, (database, [table, columns]) =>
      database.replace(table ?? '', readRow(columns ?? '')),
    ),
    delete: change(host, urls, 2, (database, [table, filter]) =>
      database.delete(table ?? '', readFilter(filter ?? '[]')),
    ),
  };
}

/** `count` texts, and the number of the database behind them. */
function change(
  { log }: Host,
  urls: DatabaseUrls,
  count: number,
  work: (database: Database, texts: readonly (string | undefined)[]) => MaybePromise<unknown>,
): Command {
  return {
    prepare(args) {
      const databaseOf = urls.named(args[count]);
      const texts = args.slice(0, count);
      return (run) => {
        const database = databaseOf(run);
        if (!database) return FAILED;
        return asking(
          log,
          'sql_api',
          () =>
            work(
              database,
              texts.map((argument) => textOf(argument, run)),
            ),
          () => 1,
        );
      };
    },
  };
}
