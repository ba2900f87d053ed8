import type { Logger, PreparedArgument } from '../../runtime/module-exports.ts';
import { FAILED } from '../avpops/database/asking.ts';
import { NO_ROWS, scriptValue, type TakeTable } from '../avpops/database/query.ts';
import { variableIn } from '../avpops/read-arguments.ts';

/**
 * The first row goes into the variables of a list, one for each column; NULL is NULL. Errors: for a list that cannot be
 * read.
 */
export function intoVariables(log: Logger): (results: PreparedArgument | undefined) => TakeTable {
  return (results) => {
    const text = results?.given ? String(results.constant ?? '') : '';
    const variables = text
      .split(/[\s,;]+/)
      .filter((part) => part !== '')
      .map((part) => variableIn(results, part));
    return (run, { kinds, rows }) => {
      const [row] = rows;
      if (!row || row.length === 0) return NO_ROWS;
      for (const [index, value] of row.entries()) {
        const variable = variables[index];
        if (!variable) {
          const counts = `need ${row.length}, having ${index}`;
          log.error('db_query_print_one_result', `too few output vars to store the result, ${counts}`);
          return FAILED;
        }
        if (!variable.set(run, value === null ? null : scriptValue(value, kinds[index]))) return FAILED;
      }
      return 1;
    };
  };
}
