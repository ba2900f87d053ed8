import type { ScriptRun, ScriptValue } from '../module-exports.ts';
import { expandedAddress, parseIp } from '../sip/ip-address.ts';
import type { ScriptEnvironment } from './environment.ts';
import type { Scope } from './scope.ts';
import type { MaybePromise } from './suspend.ts';

type Lookup = NonNullable<ScriptEnvironment['lookup']>;

/**
 * A value is asked for that has to be looked up first. Values are read by many that cannot wait; so reading throws
 * this, whoever can wait awaits `done`, and reads again: by then the answer is in the run.
 */
class LookupPending extends Error {
  readonly done: Promise<void>;

  constructor(done: Promise<void>) {
    super('a name is being looked up');
    this.done = done;
  }
}

const key = Symbol('looked up names');

function answersOf({ storage }: ScriptRun): Map<string, ScriptValue> {
  const known = storage.get(key);
  if (known instanceof Map) return known;
  const fresh = new Map<string, ScriptValue>();
  storage.set(key, fresh);
  return fresh;
}

/** `{ip.resolve}`: an address stays one; the first address of a name, NULL where it has none. Waits as `LookupPending`. */
export function resolveHost(run: ScriptRun, host: string, lookup: Lookup): ScriptValue {
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  if (parseIp(bare)) return expandedAddress(bare);
  if (host === '') return null;
  const answers = answersOf(run);
  const known = answers.get(host);
  if (known !== undefined) return known;
  throw new LookupPending(
    lookup(host).then(([first]) => {
      answers.set(host, first ? expandedAddress(first.address) : null);
    }),
  );
}

/** What was thrown because a name has to be looked up: goes on with `again` when it is known. Throws everything else. */
export function afterLookup<T>(thrown: unknown, again: () => MaybePromise<T>): Promise<T> {
  if (thrown instanceof LookupPending) return thrown.done.then(again);
  throw thrown;
}

export function isLookup(thrown: unknown): boolean {
  return thrown instanceof LookupPending;
}

/** Compiles something that can wait; where a name may have to be looked up in it, it is read again after that. */
export function waitingForLookups<R extends ScriptRun, T>(
  scope: Scope,
  compile: () => (run: R) => MaybePromise<T>,
): (run: R) => MaybePromise<T> {
  const before = scope.lookups.count;
  const read = compile();
  if (scope.lookups.count === before) return read;
  const readAgain = (run: R): MaybePromise<T> => {
    try {
      return read(run);
    } catch (thrown) {
      return afterLookup(thrown, () => readAgain(run));
    }
  };
  return readAgain;
}
