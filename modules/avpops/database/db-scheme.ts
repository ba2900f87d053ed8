import type { Columns } from './columns.ts';

/** Another form of table: one column of it is the value of one AVP. */
export interface DbScheme {
  readonly table: string;
  readonly columns: Columns;
  readonly isInteger: boolean;
}

const elements: Readonly<Record<string, keyof Columns>> = {
  uuid_col: 'uuid',
  username_col: 'username',
  domain_col: 'domain',
  value_col: 'value',
};

/**
 * `name:table=subscriber;uuid_col=…;username_col=…;domain_col=…;value_col=…;value_type=string|integer` lines, by their
 * names in lower case. Errors: for a line that cannot be read, and for a name that stands twice.
 */
export function readSchemes(lines: readonly string[], standard: Columns): ReadonlyMap<string, DbScheme> {
  const schemes = new Map<string, DbScheme>();
  for (const line of lines) {
    const [, name = '', text = ''] = /^\s*([^:\s]+)\s*:\s*(\S.*)$/s.exec(line) ?? [];
    if (name === '') throw new TypeError(`parse error in <${line}>`);
    const key = name.toLowerCase();
    if (schemes.has(key)) throw new TypeError(`duplicated scheme name <${name}>`);
    schemes.set(key, readScheme(line, text, standard));
  }
  return schemes;
}

function readScheme(line: string, text: string, standard: Columns): DbScheme {
  const given = new Map<string, string>();
  for (const part of text.split(';').filter((one) => one.trim() !== '')) {
    const [, name = '', value = ''] = /^\s*([^=\s]+)\s*=\s*(\S+)\s*$/.exec(part) ?? [];
    const key = name.toLowerCase();
    if (key === '' || given.has(key)) throw new TypeError(`parse error in <${line}>`);
    if (!['table', 'value_type'].includes(key) && !Object.hasOwn(elements, key)) {
      throw new TypeError(`unknown attribute <${name}>`);
    }
    given.set(key, value);
  }
  const type = given.get('value_type')?.toLowerCase() ?? 'string';
  if (type !== 'string' && type !== 'integer') throw new TypeError(`unknown value type <${type}>`);
  const named = Object.entries(elements).flatMap(([key, column]) => {
    const value = given.get(key);
    return value === undefined ? [] : [[column, value] as const];
  });
  return {
    table: given.get('table') ?? '',
    columns: { ...standard, ...Object.fromEntries(named) },
    isInteger: type === 'integer',
  };
}
