import type {
  Cache,
  Command,
  CommandSignature,
  PreparedArgument,
  ScriptRun,
  ScriptValue,
} from '../../module-exports.ts';
import { leadingNumber, textOf, wholeNumberOf } from '../../variables/text.ts';
import type { ScriptEnvironment } from '../environment.ts';
import { result } from '../result.ts';
import type { MaybePromise } from '../suspend.ts';

const counting = (description: string): CommandSignature => ({
  params: ['s', 's', 'i', 'i', 'v?'],
  paramNames: ['cache', 'key', 'number', 'seconds', 'result'],
  routes: '*',
  description,
});

const fetching = (description: string): CommandSignature => ({
  params: ['s', 's', 'v'],
  paramNames: ['cache', 'key', 'result'],
  routes: '*',
  description,
});

export const cacheSignatures: Readonly<Record<string, CommandSignature>> = {
  cache_store: {
    params: ['s', 's', 's', 'i?'],
    paramNames: ['cache', 'key', 'value', 'seconds'],
    routes: '*',
    description: 'keeps a value under a key, for a time or for ever',
  },
  cache_remove: {
    params: ['s', 's'],
    paramNames: ['cache', 'key'],
    routes: '*',
    description: 'forgets a key',
  },
  cache_fetch: fetching('the value of a key as text; -2 where there is none'),
  cache_counter_fetch: fetching('the value of a key as number; -2 where there is none, -3 where it is none'),
  cache_add: counting('adds to the number of a key, which begins as 0'),
  cache_sub: counting('takes away from the number of a key'),
  cache_raw_query: {
    params: ['s', 's', 's!?'],
    paramNames: ['cache', 'query', 'avps'],
    routes: '*',
    description: 'asks a cache in its own language; one AVP a column',
  },
};

/** Not found, and no number (C: cachedb.c). */
const missing = -2;
const noNumber = -3;

/** C: w_cache_store and its kin, cachedb.c. A cache may be elsewhere: the run then waits for it. */
export function cacheCommands({ caches, log }: ScriptEnvironment): Readonly<Record<string, Command>> {
  /** `local`, or `local:group`. */
  const find = (caller: string, id: string): Cache | undefined => {
    const colon = id.indexOf(':');
    const engine = caches?.get(colon < 0 ? id : id.slice(0, colon));
    if (!engine) {
      log.error(caller, `Wrong argument <${id}> - no cachedb system with this name registered`);
      return undefined;
    }
    const group = colon < 0 ? '' : id.slice(colon + 1);
    const cache = engine(group);
    if (!cache) log.error(caller, `failed to get connection for grp name [${group}] : check db_url`);
    return cache;
  };

  const withKey = (
    caller: string,
    use: (
      cache: Cache,
      key: string,
      run: ScriptRun,
      rest: readonly PreparedArgument[],
    ) => MaybePromise<number>,
  ): Command => ({
    prepare: ([id, key, ...rest]) => {
      return (run) => {
        const name = key?.evaluate(run) ?? null;
        const given = id?.evaluate(run) ?? null;
        if (name === null || given === null) return result.unspecified;
        if (name === '') {
          log.error(caller, 'attribute cannot be empty');
          return result.unspecified;
        }
        const cache = find(caller, String(given));
        return cache ? use(cache, String(name), run, rest) : result.unspecified;
      };
    },
  });

  const count = (caller: string, sign: 1 | -1): Command =>
    withKey(caller, (cache, key, run, [number, seconds, into]) => {
      const by = number?.evaluate(run) ?? null;
      const time = seconds?.evaluate(run) ?? null;
      if (typeof by !== 'number' || typeof time !== 'number') return result.unspecified;
      return then(cache.add(key, sign * by, time), (value) => {
        if (value === undefined) return result.unspecified;
        if (into?.given) into.assign(run, value | 0);
        return result.true;
      });
    });

  return {
    cache_store: withKey('cachedb_store', (cache, key, run, [value, seconds]) => {
      const text = value?.evaluate(run) ?? null;
      if (text === null) return result.unspecified;
      const time = seconds?.given ? Number(seconds.evaluate(run) ?? 0) : 0;
      return then(cache.store(key, String(text), time), answerOf);
    }),
    cache_remove: withKey('cachedb_remove', (cache, key) => then(cache.remove(key), answerOf)),
    cache_fetch: withKey('cachedb_fetch', (cache, key, run, [into]) =>
      then(cache.fetch(key), (value) => {
        if (value === undefined) return missing;
        into?.assign(run, value);
        return result.true;
      }),
    ),
    cache_counter_fetch: withKey('cachedb_counter_fetch', (cache, key, run, [into]) =>
      then(cache.fetch(key), (value) => {
        if (value === undefined) return missing;
        const number = value === '' ? undefined : wholeNumberOf(value);
        if (number === undefined) return noNumber;
        into?.assign(run, leadingNumber(value));
        return result.true;
      }),
    ),
    cache_add: count('cachedb_add', 1),
    cache_sub: count('cachedb_sub', -1),
    cache_raw_query: {
      prepare: ([id, query, columns]) => {
        const avps = avpNames(textOf(columns?.given ? (columns.constant ?? null) : null));
        return (run) => {
          const cache = find('cachedb_raw_query', textOf(id?.evaluate(run) ?? null));
          if (!cache) return result.unspecified;
          if (!cache.query) {
            log.error('cachedb_raw_query', 'The backend does not support raw queries');
            return result.unspecified;
          }
          return then(cache.query(textOf(query?.evaluate(run) ?? null)), (rows) => keepRows(run, avps, rows));
        };
      },
    },
  };
}

function then<A, B>(value: MaybePromise<A>, use: (value: A) => B): MaybePromise<B> {
  return value instanceof Promise ? value.then(use) : use(value);
}

const answerOf = (done: boolean): number => (done ? result.true : result.unspecified);

/** `$avp(a); $avp(b)`. */
function avpNames(text: string): readonly string[] {
  return [...text.matchAll(/\$(?:avp\(([^)]*)\)|\(avp\(([^)]*)\)\))/g)].map(
    ([, plain, bracketed]) => plain ?? bracketed ?? '',
  );
}

/** The first row comes first: each one is put in front of those behind it. */
function keepRows(
  run: ScriptRun,
  avps: readonly string[],
  rows: readonly (readonly ScriptValue[])[] | undefined,
): number {
  if (!rows) return result.unspecified;
  for (const row of [...rows].reverse()) {
    for (const [at, name] of avps.entries())
      run.avps.set(name, [row[at] ?? null, ...(run.avps.get(name) ?? [])]);
  }
  return rows.length > 0 || avps.length === 0 ? result.true : missing;
}
