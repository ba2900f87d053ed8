import type { ScriptRun, SipMessage } from '../../runtime/module-exports.ts';
import type { Branch, MadeUpReply } from './branch.ts';
import { type ClientSide, cancelReasons } from './client-side.ts';
import { type Core, named } from './core.ts';
import type { FailureRoutes } from './failure-routes.ts';
import { inTurn, type MaybePromise, then, waits } from './maybe.ts';
import type { Positions } from './positions.ts';
import { chooseBranch, isComplete } from './reply-choice.ts';
import type { ServerSide } from './server-side.ts';
import type { Transaction } from './transaction.ts';
import { isMessage, madeUp, type Upstream } from './upstream.ts';

interface Parts {
  readonly server: ServerSide;
  readonly client: ClientSide;
  readonly upstream: Upstream;
  readonly failures: FailureRoutes;
  readonly positions: Positions;
}

/** Decides what becomes of each reply of a branch (RFC 3261 §16.7). */
export class ReplyProcessor {
  readonly #core: Core;
  readonly #parts: Parts;
  readonly #isMinor: (branch: Branch) => boolean;

  constructor(core: Core, parts: Parts) {
    this.#core = core;
    this.#parts = parts;
    const { minorBranchFlag } = core.settings;
    const mask = minorBranchFlag === undefined ? 0 : core.host.flags.branch(minorBranchFlag);
    this.#isMinor = mask === 0 ? () => false : ({ message }) => (message.branchFlags & mask) !== 0;
  }

  /** A reply came; false where it is none of ours. C: reply_received. */
  receive(run: ScriptRun): MaybePromise<boolean> {
    const found = this.#core.table.ofReply(run.message);
    if (!found) return false;
    this.#core.counters.count('received_replies');
    const { transaction, branch } = found;
    if (run.message.cseq?.method === 'CANCEL' && transaction.isInvite) {
      this.#parts.client.stopCancel(branch);
      return true;
    }
    this.#takeNote(transaction, branch, run.message);
    const done = this.#serially(transaction, () => this.#work(transaction, branch, run));
    return waits(done) ? done.then(() => true) : true;
  }

  /** What goes wrong in it is in the log, and keeps nothing behind it. */
  #serially(transaction: Transaction, work: () => MaybePromise<void>): MaybePromise<void> {
    return transaction.serially(() => {
      try {
        const done = work();
        return waits(done) ? done.catch((error) => this.#failed(transaction, error)) : undefined;
      } catch (error) {
        return this.#failed(transaction, error);
      }
    });
  }

  /** Nobody has answered in time. */
  timedOut(transaction: Transaction, branch: Branch): void {
    const { client } = this.#parts;
    const isLong = transaction.isInvite && branch.rings;
    this.#core.counters.count(isLong ? 'timeout_finalresponse_inv' : 'timeout_finalresponse');
    const rings = transaction.isInvite && branch.isPending && !branch.isPhony && !branch.cancel;
    if (rings) client.cancelAll(transaction, [branch], cancelReasons.noAnswer);
    client.stop(branch);
    this.#end(transaction, branch, madeUp(branch.cancel && transaction.cancelled ? 487 : 408));
  }

  /** The way to the branch is gone. */
  lost(transaction: Transaction, branch: Branch): void {
    this.#parts.client.stop(branch);
    this.#end(transaction, branch, madeUp(477));
  }

  /** A place for later branches is given up, with that code. */
  endPhony(transaction: Transaction, branch: Branch, code: number): void {
    this.#parts.client.stop(branch);
    this.#end(transaction, branch, madeUp(code));
  }

  #end(transaction: Transaction, branch: Branch, reply: MadeUpReply): void {
    this.#serially(transaction, () =>
      branch.lastReceived >= 200 ? undefined : this.#process(transaction, branch, reply),
    );
  }

  #failed(transaction: Transaction, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.#core.host.log.error('relay_reply', `${named(transaction)}: ${reason}`);
  }

  #work(transaction: Transaction, branch: Branch, run: ScriptRun): MaybePromise<void> {
    const reply = run.message;
    const code = reply.statusCode;
    const before = branch.lastReceived;
    transaction.calls.tell('reply-in', { code, reason: reply.reasonPhrase, reply });
    return then(this.#runReplyRoutes(transaction, branch, run), (keeps) => {
      if (!keeps) return;
      branch.hasReply = true;
      // Nothing but the ACK to a failed INVITE is made of it from here on.
      if (code >= 200 && (code < 300 || !transaction.isInvite)) branch.forgetText();
      return this.#process(transaction, branch, reply, before);
    });
  }

  /** What a reply does to its client transaction does not wait for routes (RFC 3261 §17.1.1.3, §17.1.2.2). */
  #takeNote(transaction: Transaction, branch: Branch, reply: SipMessage): void {
    const { client } = this.#parts;
    const code = reply.statusCode;
    if (code >= 200) client.stop(branch);
    else if (transaction.isInvite) client.stopRepeating(branch);
    if (transaction.isInvite && code >= 300) client.acknowledge(transaction, branch, reply);
  }

  /** First that of the branch, then that of the transaction. False where one dropped a provisional reply. */
  #runReplyRoutes(transaction: Transaction, branch: Branch, main: ScriptRun): MaybePromise<boolean> {
    const names = [branch.onReply, transaction.routes.reply].filter((name) => name !== undefined);
    if (names.length === 0) return true;
    const { script } = this.#core.host;
    const { message } = main;
    message.flags = transaction.request.flags;
    message.branchFlags = branch.message.branchFlags;
    let dropped = false;
    const runRoute = (name: string): MaybePromise<void> => {
      if (dropped) return;
      const avps = this.#core.settings.sharesAvps ? transaction.run.avps : main.avps;
      const run = script.createRun(message, main.source, 'O', { avps, storage: main.storage });
      this.#parts.positions.enter(run, transaction, branch);
      return then(script.run('O', name, run), () => {
        dropped = run.dropped && message.statusCode < 200;
      });
    };
    return then(inTurn(names, runRoute), () => {
      if (dropped) return false;
      transaction.request.flags = message.flags;
      branch.message.branchFlags = message.branchFlags;
      return true;
    });
  }

  /** C: process_reply_and_timer, t_should_relay_response. */
  #process(
    transaction: Transaction,
    branch: Branch,
    reply: SipMessage | MadeUpReply,
    before = 0,
  ): MaybePromise<void> {
    const code = isMessage(reply) ? reply.statusCode : reply.code;
    if (isMessage(reply)) this.#cancelLate(transaction, branch, code);
    const is2xx = transaction.isInvite && code >= 200 && code < 300;
    if (transaction.status >= 200) {
      if (is2xx && isMessage(reply)) this.#late2xx(transaction, branch, reply);
      else if (code >= 200) branch.lastReceived = code;
      return;
    }
    if (branch.lastReceived >= 200 && !(is2xx && branch.lastReceived < 300)) return;
    branch.lastReceived = code;
    if (code >= 300) return this.#negative(transaction, branch, reply);
    if (isMessage(reply)) this.#positive(transaction, branch, reply, before);
  }

  /** A branch that was to be cancelled before it answered is cancelled now (RFC 3261 §9.1). */
  #cancelLate(transaction: Transaction, branch: Branch, code: number): void {
    const wanted = branch.toCancel || (transaction.cancelled && !branch.cancel);
    branch.toCancel = false;
    if (!wanted || code >= 200) return;
    if (branch.lastReceived === 0) branch.lastReceived = code;
    this.#parts.client.cancel(transaction, branch, reasonOfCancel(transaction));
  }

  /** Every 2xx to an INVITE goes upstream, retransmissions too (RFC 3261 §16.7 step 5; RFC 6026 §7.2). */
  #late2xx(transaction: Transaction, branch: Branch, reply: SipMessage): void {
    branch.lastReceived = reply.statusCode;
    if (transaction.isLocal || transaction.replicated) return;
    this.#parts.upstream.passLate(transaction, branch, reply);
  }

  #positive(transaction: Transaction, branch: Branch, reply: SipMessage, before: number): void {
    const { client, upstream } = this.#parts;
    const code = reply.statusCode;
    if (code < 200) {
      const { restartsFrOnEachReply } = this.#core.settings;
      if (code > 100 && !this.#endsHere(transaction)) upstream.pass(transaction, branch, reply);
      const isNew = before < code && (code >= 180 || before === 0);
      if (restartsFrOnEachReply || isNew) client.provisional(transaction, branch);
      return;
    }
    const others = client.cancellable(transaction);
    this.#finish(transaction, branch, reply);
    if (transaction.keepsBranches && !isComplete(transaction)) return;
    client.stopAll(transaction);
    if (transaction.isInvite) client.cancelAll(transaction, others, cancelReasons.callCompleted);
  }

  #negative(transaction: Transaction, branch: Branch, reply: SipMessage | MadeUpReply): MaybePromise<void> {
    const { client, failures } = this.#parts;
    branch.reply = reply;
    let chosen: Branch | undefined = branch;
    if (branch.lastReceived >= 600 && !this.#core.settings.allowsBranchesAfter6xx) {
      // RFC 3261 §16.7 step 5: a 6xx ends all branches.
      transaction.closed = true;
      client.cancelAll(transaction, client.cancellable(transaction), undefined);
    } else {
      const choice = chooseBranch(transaction, this.#isMinor);
      if (choice.pending || !choice.branch) return;
      chosen = choice.branch;
      if (choice.minor) this.#cancelMinor(transaction);
    }
    const picked = chosen;
    return then(failures.run(transaction, picked, branch), (goesOn) => {
      // The route has answered, or there are new branches to wait for.
      if (goesOn || transaction.status >= 200) return this.#endIfAnswered(transaction);
      this.#finish(transaction, picked, picked.reply ?? madeUp(picked.lastReceived));
      client.stopAll(transaction);
    });
  }

  #cancelMinor(transaction: Transaction): void {
    const { client } = this.#parts;
    const pending = client.cancellable(transaction);
    client.stopAll(transaction);
    client.cancelAll(transaction, pending, undefined);
  }

  #endIfAnswered(transaction: Transaction): void {
    if (transaction.status >= 200) this.#parts.client.stopAll(transaction);
  }

  #finish(transaction: Transaction, branch: Branch, reply: SipMessage | MadeUpReply): void {
    if (!this.#endsHere(transaction)) {
      this.#parts.upstream.pass(transaction, branch, reply);
      return;
    }
    const message = isMessage(reply) ? reply : undefined;
    // As OpenSIPS counts them: whoever asked for the request is told.
    this.#core.counters.count(message ? 'relayed_replies' : 'local_replies');
    const [code, reason] = isMessage(reply)
      ? [reply.statusCode, reply.reasonPhrase]
      : [reply.code, reply.reason];
    transaction.status = code;
    transaction.calls.tell('completed', { code, reason, reply: message });
    this.#parts.server.finish(transaction);
  }

  /** Nobody upstream waits for replies. */
  #endsHere({ isLocal, replicated }: Transaction): boolean {
    return isLocal || replicated;
  }
}

function reasonOfCancel({ status, cancelled }: Transaction): string | undefined {
  if (status >= 200 && status < 300) return cancelReasons.callCompleted;
  return cancelled ? cancelReasons.callerCancelled : undefined;
}
