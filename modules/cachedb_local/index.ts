import type { Cache, Command, ModuleFactory, ModuleHost } from '../../runtime/module-exports.ts';
import { Collection } from './collection.ts';
import { collectionNames, defaultName, groupsOf } from './collections.ts';
import { manifest } from './manifest.ts';
import { measured } from './slow-calls.ts';

export { manifest };

const createModule: ModuleFactory = (host) => {
  const { log, params, timers } = host;
  const names = collectionNames(listOf(params.cache_collections));
  const groups = groupsOf(listOf(params.cachedb_url), names);
  let toldFull = false;
  const full = () => {
    if (!toldFull) log.error('lcache_htable_insert', `max_keys (${params.max_keys}) are kept: a key is not`);
    toldFull = true;
  };
  const collections = new Map(
    [...names].map((name) => [name, new Collection(timers, Number(params.max_keys ?? 0), full)]),
  );
  const slow = measured(Number(params.exec_threshold ?? 0), log);
  const caches = new Map<string, Cache>();
  for (const [group, name] of groups) {
    const collection = collections.get(name);
    if (collection) caches.set(group, slow(collection));
  }
  let cleaning: { cancel(): void } | undefined;

  return {
    caches: { local: (group) => caches.get(group) },
    commands: { cache_remove_chunk: removeChunk(host, collections) },
    childInit() {
      const clean = () => {
        toldFull = false;
        for (const collection of collections.values()) collection.clean();
      };
      cleaning = timers.every(Number(params.cache_clean_period ?? 600) * 1000, clean);
    },
    destroy: () => cleaning?.cancel(),
  };
};

export default createModule;

/**
 * The pattern alone, or behind the collection. As in OpenSIPS up to 2.4 one argument is the pattern; from 3.0 on it is the
 * second one, and the first may be left empty.
 */
function removeChunk(
  { log, globPattern }: ModuleHost,
  collections: ReadonlyMap<string, Collection>,
): Command {
  return {
    prepare([first, second]) {
      return (run) => {
        const only = !second?.given;
        const name = only || !first?.given ? defaultName : String(first.evaluate(run) ?? defaultName);
        const collection = collections.get(name);
        if (!collection) {
          log.error('remove_chunk_f', `collection <${name}> not defined!`);
          return -1;
        }
        const pattern = (only ? first : second)?.evaluate(run) ?? null;
        if (pattern === null) return -1;
        const fits = globPattern(String(pattern), { ignoreCase: false });
        collection.removeWhere(fits);
        return 1;
      };
    },
  };
}

function listOf(value: ModuleHost['params'][string]): readonly string[] {
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}
