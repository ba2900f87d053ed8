import type { SqlCondition, SqlRow, SqlValue } from '../../runtime/module-exports.ts';

/** Operators of conditions, by how they may be written. */
const operators: ReadonlyMap<string, SqlCondition['operator']> = new Map([
  ['=', '='],
  ['<', '<'],
  ['>', '>'],
  ['<=', '<='],
  ['>=', '>='],
  ['!=', '!='],
  ['<>', '!='],
  ['like', 'LIKE'],
]);

/** `["a", "b"]`. Errors: for any other JSON. */
export function readColumns(text: string): readonly string[] {
  const list = readList(text, 'cols');
  return list.map((column) => {
    if (typeof column !== 'string') throw new TypeError("bad JSON format, 'cols' elements must be strings");
    return asHostText(column);
  });
}

/** `[{"a": "value"}, {"b": {"!=": null}}]`. Errors: for any other JSON. */
export function readFilter(text: string): readonly SqlCondition[] {
  return readList(text, 'filter').map((node) => {
    const [column, value] = onlyEntry(node);
    if (typeof value !== 'object' || value === null) {
      return { column, operator: '=', value: readValue(value) };
    }
    const [written, compared] = onlyEntry(value);
    const operator = operators.get(written.trim().toLowerCase());
    if (!operator) throw new TypeError(`unknown operator <${written}>`);
    return { column, operator, value: readValue(compared) };
  });
}

/** `[{"a": "value"}, {"b": null}]`. Errors: for any other JSON. */
export function readRow(text: string): SqlRow {
  const pairs = readList(text, 'cols').map((node) => {
    const [column, value] = onlyEntry(node);
    return [column, readValue(value)] as const;
  });
  return Object.fromEntries(pairs);
}

function readList(text: string, what: string): readonly unknown[] {
  const list: unknown = JSON.parse(lenient(Buffer.from(text, 'latin1').toString('utf8')));
  if (Array.isArray(list)) return list;
  throw new TypeError(`bad JSON format, '${what}' must be an array`);
}

/** A character behind a backslash that JSON knows nothing of is itself: `{s.escape.common}` writes `\'`. */
function lenient(json: string): string {
  return json.replace(/\\(.)/gs, (written, character: string) =>
    '"\\/bfnrtu'.includes(character) ? written : character,
  );
}

/** Of an object with several only the first counts, as in OpenSIPS. */
function onlyEntry(node: unknown): readonly [name: string, value: unknown] {
  const [entry] =
    typeof node === 'object' && node !== null && !Array.isArray(node) ? Object.entries(node) : [];
  if (!entry) throw new TypeError("bad JSON format, 'cols' elements must be objects");
  return [asHostText(entry[0]), entry[1]];
}

function readValue(value: unknown): SqlValue {
  if (value === null || typeof value === 'number') return value;
  if (typeof value === 'string') return asHostText(value);
  throw new TypeError(`unsupported value node ${typeof value}`);
}

/** One character a byte. */
function asHostText(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
