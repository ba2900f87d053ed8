/** Keys and values of a contact or an AoR, as the column kv_store holds them: one flat JSON object. */

export type KeyValues = Map<string, string | number>;

/** The key of the first contact's values under which those of its AoR stand in the database. */
export const recordKeysName = '_urec_kvs';

/** The key under which the sharing tag stands. */
export const ownershipTagName = '_st';

/** '' for none. */
export function printKeyValues(values: ReadonlyMap<string, string | number>): string {
  return values.size === 0 ? '' : JSON.stringify(Object.fromEntries(values));
}

/** Undefined for what is no such object; values that are neither text nor number are left out. */
export function readKeyValues(text: string): KeyValues | undefined {
  const parsed = parse(text);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined;
  const values: KeyValues = new Map();
  for (const [key, value] of Object.entries(parsed)) {
    if (typeof value === 'string' || typeof value === 'number') values.set(key, value);
  }
  return values;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
