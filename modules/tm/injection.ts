import type { ScriptRun, SipMessage } from '../../runtime/module-exports.ts';
import { Branch } from './branch.ts';
import { type ClientSide, cancelReasons } from './client-side.ts';
import type { Core } from './core.ts';
import { type Forwarder, maxBranches } from './forwarder.ts';
import { type MaybePromise, then } from './maybe.ts';
import type { Transaction } from './transaction.ts';

interface InjectionFlags {
  /** The branch stands in the AVPs that usrloc's events give, else in the message. */
  readonly fromEvent: boolean;
  readonly cancels: boolean;
  readonly isLast: boolean;
}

/** Branches that come while the transaction rings already: a phone that registers late (t_inject_branches and kin). */
export class Injection {
  readonly #core: Core;
  readonly #client: ClientSide;
  readonly #forwarder: Forwarder;

  constructor(core: Core, client: ClientSide, forwarder: Forwarder) {
    this.#core = core;
    this.#client = client;
    this.#forwarder = forwarder;
  }

  /** 1; -1 where there is no branch, -2 where the transaction has its final reply, -3 where it could not be sent. */
  inject(transaction: Transaction, run: ScriptRun, flags: InjectionFlags): MaybePromise<number> {
    if (transaction.status >= 200) return -2;
    const message = this.#core.host.sip.copy(transaction.request);
    message.branches.length = 0;
    const found = flags.fromEvent ? this.#fromEvent(run, message) : fromMessage(run.message, message);
    if (!found) return -1;
    const before = this.#client.cancellable(transaction);
    if (flags.isLast) this.waitNoMore(transaction, 1);
    return then(this.#forwarder.forward(transaction, message, { startsAnew: false }), (failure) => {
      if (flags.cancels) this.#client.cancelAll(transaction, before, cancelReasons.callCompleted);
      return failure === undefined ? 1 : -3;
    });
  }

  /** The transaction stays open for later branches, for so many where they are counted, until fr_inv_timeout. */
  wait(transaction: Transaction, count: number | undefined): boolean {
    const { log, sip } = this.#core.host;
    const index = transaction.branches.length;
    if (index >= maxBranches) {
      log.error('add_phony_uac', 'maximum number of branches exceeded');
      return false;
    }
    const branch = new Branch(index, sip.copy(transaction.request), true);
    branch.waitsForBranches = count === undefined ? undefined : index + count + 1;
    branch.rings = true;
    transaction.branches.push(branch);
    transaction.forwarded = true;
    const { frInviteTimeout } = this.#core.settings;
    this.#client.waitFor(transaction, branch, transaction.frInviteTimeout ?? frInviteTimeout);
    return true;
  }

  /** `extra`: so many more may still come. False where nothing waits. */
  waitNoMore(transaction: Transaction, extra: number): boolean {
    const waiting = transaction.current.findLast(({ isPhony }) => isPhony);
    if (!waiting) return false;
    waiting.waitsForBranches = transaction.branches.length + extra;
    return true;
  }

  /** C: ul_contact_event_to_msg. */
  #fromEvent({ avps }: ScriptRun, message: SipMessage): boolean {
    const { log } = this.#core.host;
    const value = (name: string) => avps.get(name)?.[0] ?? null;
    const uri = value('uri');
    if (typeof uri !== 'string' || uri === '') {
      log.error('ul_contact_event_to_msg', 'cannot find AVP for event attr uri');
      return false;
    }
    message.requestUri = uri;
    const received = value('received');
    message.destinationUri = typeof received === 'string' && received !== '' ? received : undefined;
    const path = value('path');
    message.path = typeof path === 'string' && path !== '' ? path : undefined;
    const q = value('qval');
    message.q = typeof q === 'number' && q >= 0 ? q : undefined;
    message.branchFlags = Number(value('bflags') ?? 0);
    message.sendSocket = this.#socketOf(value('socket'));
    return true;
  }

  #socketOf(name: unknown) {
    const [, protocol = '', host = '', port = '0'] = /^([a-z]+):(.+):(\d+)$/.exec(String(name ?? '')) ?? [];
    return protocol === '' ? undefined : this.#core.host.routing.socket(protocol, host, Number(port));
  }
}

/** In a request its Request-URI with all that belongs to it, in a reply the first branch that the script has added. */
function fromMessage(message: SipMessage, into: SipMessage): boolean {
  if (message.isRequest) {
    into.requestUri = message.requestUri;
    into.destinationUri = message.destinationUri;
    into.path = message.path;
    into.q = message.q;
    into.branchFlags = message.branchFlags;
    into.sendSocket = message.sendSocket;
    into.branches.push(...message.branches.splice(0));
    return true;
  }
  const [first, ...others] = message.branches.splice(0);
  if (!first) return false;
  into.requestUri = first.uri;
  into.destinationUri = first.destinationUri;
  into.path = first.path;
  into.q = first.q;
  into.branchFlags = first.flags;
  into.sendSocket = first.sendSocket;
  into.branches.push(...others);
  return true;
}
