/** Flags as words with commas between them, some of them with a value: `no-reply,max-contacts=3` (C: fixup_named_flags). */

export interface NamedFlags<Word extends string, Key extends string> {
  readonly set: ReadonlySet<Word>;
  readonly values: ReadonlyMap<Key, string>;
}

/** Errors: a word that is none of these; one that lacks its value. */
export function namedFlags<Word extends string, Key extends string>(
  text: string,
  words: readonly Word[],
  keys: readonly Key[],
): NamedFlags<Word, Key> {
  const set = new Set<Word>();
  const values = new Map<Key, string>();
  for (const item of text.split(',').map((each) => each.trim())) {
    const equals = item.indexOf('=');
    const name = equals < 0 ? item : item.slice(0, equals);
    const word = words.find((each) => each === item);
    const key = keys.find((each) => each === name);
    if (word !== undefined) set.add(word);
    else if (key === undefined) throw new TypeError(`Unknown flag: ${name}`);
    else if (equals < 0 || equals === item.length - 1)
      throw new TypeError(`Bad format for key-value flag: ${item}`);
    else values.set(key, item.slice(equals + 1));
  }
  return { set, values };
}
