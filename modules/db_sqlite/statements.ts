import type { SqlCondition, SqlRow, SqlValue } from '../../runtime/module-exports.ts';

/** A statement with a place for each of its values, so that the same text serves all values. */
export interface Statement {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

export function selectStatement(
  table: string,
  columns: readonly string[] | '*',
  where: readonly SqlCondition[],
  order: string | undefined,
): Statement {
  const what = columns === '*' ? '*' : columns.map(quoted).join(', ');
  const { sql, values } = condition(where);
  return { sql: `SELECT ${what} FROM ${quoted(table)}${sql}${orderClause(order)}`, values };
}

export function insertStatement(table: string, row: SqlRow): Statement {
  const columns = Object.keys(row);
  const names = columns.map(quoted).join(', ');
  const places = columns.map(() => '?').join(', ');
  return { sql: `INSERT INTO ${quoted(table)} (${names}) VALUES (${places})`, values: Object.values(row) };
}

export function insertOrUpdateStatement(table: string, row: SqlRow): Statement {
  const { sql, values } = insertStatement(table, row);
  const changes = Object.keys(row).map((name) => `${quoted(name)} = excluded.${quoted(name)}`);
  return { sql: `${sql} ON CONFLICT DO UPDATE SET ${changes.join(', ')}`, values };
}

export function updateStatement(table: string, row: SqlRow, where: readonly SqlCondition[]): Statement {
  const changes = Object.keys(row).map((name) => `${quoted(name)} = ?`);
  const { sql, values } = condition(where);
  return {
    sql: `UPDATE ${quoted(table)} SET ${changes.join(', ')}${sql}`,
    values: [...Object.values(row), ...values],
  };
}

export function deleteStatement(table: string, where: readonly SqlCondition[]): Statement {
  const { sql, values } = condition(where);
  return { sql: `DELETE FROM ${quoted(table)}${sql}`, values };
}

function condition(where: readonly SqlCondition[]): Statement {
  if (where.length === 0) return { sql: '', values: [] };
  const parts = where.map(({ column, operator, value }) => {
    const isNull = value === null && (operator === '=' || operator === '!=');
    if (isNull) return `${quoted(column)} IS ${operator === '=' ? '' : 'NOT '}NULL`;
    return `${quoted(column)} ${operator} ?`;
  });
  const values = where.flatMap(({ operator, value }) =>
    value === null && (operator === '=' || operator === '!=') ? [] : [value],
  );
  return { sql: ` WHERE ${parts.join(' AND ')}`, values };
}

function orderClause(order: string | undefined): string {
  if (order === undefined || order === '') return '';
  const [, column = order, direction = ''] = /^(.*?)(?:\s+(asc|desc))?$/i.exec(order.trim()) ?? [];
  return ` ORDER BY ${quoted(column)}${direction === '' ? '' : ` ${direction.toUpperCase()}`}`;
}

/** In backticks, because SQLite takes a name in double quotes that it does not know for a text. */
function quoted(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}
