import type { ScriptRun, SipMessage } from '../../runtime/module-exports.ts';
import { type Kinds, noKinds } from './kinds.ts';
import type { TransactionManager } from './transaction-manager.ts';

/** By the number of the tag: null where the script took the value away, undefined where it never set one. */
export type TagValues = (string | null | undefined)[];

/** What is accounted of one request, with the values that the script gives: for the life of its transaction (acc_ctx_t). */
export interface Accounting {
  readonly kinds: Kinds;
  readonly extra: TagValues;
  readonly legs: TagValues[];
  /** The table of the database for what is answered. */
  table: string | undefined;
  /** do_accounting was called. */
  asked: boolean;
  /** Seconds since 1970 when the call was made, of one with a record at its end; else 0. */
  created: number;
  /** The request goes from who is called to the caller; its tags are written the other way round. */
  isUpstream: boolean;
  /** It is that of a call that was accepted, which has one record at its end. */
  hasCall: boolean;
}

const key = Symbol('accounting');
/** The accounting of a dialog, while the script asks for it. */
const loaded = Symbol('accounting of the dialog');

/** The accountings of messages. A transaction has one for all of its routes; a reply its own until that is known. */
export class Accountings {
  readonly #transactions: () => TransactionManager;
  readonly #hasLegs: boolean;
  readonly #ofReplies = new WeakMap<SipMessage, Accounting>();

  /** `hasLegs`: there are fields of legs, and so every accounting begins with one leg. */
  constructor(transactions: () => TransactionManager, hasLegs: boolean) {
    this.#transactions = transactions;
    this.#hasLegs = hasLegs;
  }

  /** C: try_fetch_ctx. */
  of(run: ScriptRun): Accounting | undefined {
    return (run.storage.get(loaded) ?? this.#storage(run).get(key)) as Accounting | undefined;
  }

  /** The run has the accounting of a dialog instead of its own; false where it has one already. */
  load(run: ScriptRun, accounting: Accounting): boolean {
    if (run.storage.has(loaded)) return false;
    run.storage.set(loaded, accounting);
    return true;
  }

  /** The run has its own again; false where it had. */
  unload({ storage }: ScriptRun): boolean {
    return storage.delete(loaded);
  }

  ensure(run: ScriptRun): Accounting {
    const known = this.of(run);
    if (known) return known;
    const made = this.#make();
    const storage = this.#storage(run);
    storage.set(key, made);
    if (storage === run.storage && !run.message.isRequest) this.#ofReplies.set(run.message, made);
    return made;
  }

  /** A request within a call is accounted with it; what its script has set counts for the call. C: acc_merge_contexts. */
  adopt(run: ScriptRun, call: Accounting): void {
    const own = this.of(run);
    if (own && own !== call) merge(own, call);
    this.#storage(run).set(key, call);
  }

  #storage(run: ScriptRun): ScriptRun['storage'] {
    return this.#transactions().transactionOf(run)?.run.storage ?? run.storage;
  }

  /** What an onreply_route without a transaction set is set for the transaction then. C: push_ctx_to_ctx. */
  takeFromReply(reply: SipMessage | undefined, into: Accounting): void {
    const from = reply && this.#ofReplies.get(reply);
    if (from && from !== into) merge(from, into);
  }

  #make(): Accounting {
    return {
      kinds: noKinds(),
      extra: [],
      legs: this.#hasLegs ? [[]] : [],
      table: undefined,
      asked: false,
      created: 0,
      isUpstream: false,
      hasCall: false,
    };
  }
}

function merge(from: Accounting, into: Accounting): void {
  copyValues(from.extra, into.extra);
  for (const [index, leg] of from.legs.entries()) {
    const own = into.legs[index] ?? [];
    into.legs[index] = own;
    copyValues(leg, own);
  }
}

function copyValues(from: TagValues, into: TagValues): void {
  for (const [tag, value] of from.entries()) if (value !== undefined) into[tag] = value;
}

/** Seconds since 1970. */
export function nowInSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
