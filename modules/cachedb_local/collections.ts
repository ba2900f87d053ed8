/** What the parameters say of collections and groups. */

/** The collection of whoever names none. */
export const defaultName = 'default';

/** `name; name = size; name/r`: the names. Errors: a name that is none. */
export function collectionNames(lists: readonly string[]): ReadonlySet<string> {
  const names = new Set([defaultName]);
  for (const list of lists) {
    for (const written of list.split(';')) {
      const [, name] = /^\s*([^\s=/]+)\s*(?:\/r\s*)?(?:=\s*\d+\s*)?$/.exec(written) ?? [];
      if (name === undefined && written.trim() !== '') throw new Error(`bad collection <${written.trim()}>`);
      if (name !== undefined) names.add(name);
    }
  }
  return names;
}

/** The collection of each group of the script; '' is the one without a name, which is always there. */
export function groupsOf(urls: readonly string[], names: ReadonlySet<string>): ReadonlyMap<string, string> {
  const groups = new Map([['', defaultName]]);
  for (const url of urls) {
    const [, group = '', collection] =
      /^local(?::([^:/]*))?:\/\/[^/]*(?:\/([^?]*))?(?:\?.*)?$/.exec(url) ?? [];
    if (!/^local(?::[^:/]*)?:\/\//.test(url)) throw new Error(`bad cachedb_url <${url}>`);
    const name = collection || defaultName;
    if (!names.has(name)) throw new Error(`collection <${name}> not defined!`);
    groups.set(group, name);
  }
  return groups;
}
