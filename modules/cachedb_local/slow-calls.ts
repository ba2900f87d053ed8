import type { Cache, Logger } from '../../runtime/module-exports.ts';

type LocalCache = Cache & {
  fetch(key: string): string | undefined;
};

/** Tells calls that take longer than so many microseconds (exec_threshold); 0: none is measured. */
export function measured(microseconds: number, log: Logger): (cache: LocalCache) => Cache {
  if (microseconds === 0) return (cache) => cache;
  const around = <T>(what: string, key: string, call: () => T): T => {
    const started = process.hrtime.bigint();
    const answer = call();
    const took = Number(process.hrtime.bigint() - started) / 1000;
    if (took > microseconds) {
      log.warning(
        'log_expiry',
        `threshold exceeded : cachedb_local ${what} took too long - ${Math.round(took)} us. Source : ${key}`,
      );
    }
    return answer;
  };
  return (cache) => ({
    store: (key, value, seconds) => around('insert', key, () => cache.store(key, value, seconds)),
    remove: (key) => around('remove', key, () => cache.remove(key)),
    fetch: (key) => around('fetch', key, () => cache.fetch(key)),
    add: (key, by, seconds) => around('add', key, () => cache.add(key, by, seconds)),
  });
}
