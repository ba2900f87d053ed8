import type { SipMessage } from '../../runtime/module-exports.ts';
import type { Branch } from './branch.ts';
import type { Core } from './core.ts';
import type { Forwarder } from './forwarder.ts';
import { type MaybePromise, then } from './maybe.ts';
import type { Positions } from './positions.ts';
import type { Transaction } from './transaction.ts';
import { isMessage } from './upstream.ts';

/** What happens when all branches have failed, before the failure is passed on. */
export class FailureRoutes {
  readonly #core: Core;
  readonly #positions: Positions;
  readonly #forwarder: Forwarder;

  constructor(core: Core, positions: Positions, forwarder: Forwarder) {
    this.#core = core;
    this.#positions = positions;
    this.#forwarder = forwarder;
  }

  /**
   * True where the request goes on to new branches. `picked`: the branch whose reply was chosen; `last`: the one that
   * ended the wait.
   */
  run(transaction: Transaction, picked: Branch, last: Branch): MaybePromise<boolean> {
    if (!transaction.noDnsFailover && isServerFailure(picked)) {
      return then(this.#forwarder.failOver(transaction, picked), (sent) =>
        sent ? true : this.#runRoute(transaction, picked, last),
      );
    }
    return this.#runRoute(transaction, picked, last);
  }

  /**
   * The request as a failure_route sees it: with what the script did to its headers, and its Request-URI as it came; in
   * 2.x that of the branch that was chosen. C: fake_req.
   */
  #messageFor(message: SipMessage, picked: Branch): SipMessage {
    const isOld = this.#core.host.version.startsWith('2.');
    message.branches.length = 0;
    message.requestUri = isOld ? picked.uri || message.requestUri : message.originalUri;
    message.branchFlags = isOld ? picked.message.branchFlags : 0;
    message.destinationUri = undefined;
    message.path = undefined;
    message.q = undefined;
    message.sendSocket = undefined;
    message.branchAttributes.clear();
    return message;
  }

  /** C: run_failure_handlers. */
  #runRoute(transaction: Transaction, picked: Branch, last: Branch): MaybePromise<boolean> {
    const { calls, routes, request } = transaction;
    const name = routes.failure;
    if (request.method === 'CANCEL' || transaction.isLocal) return false;
    if (name === undefined && !calls.isHeard('failure')) return false;
    const { script, sip } = this.#core.host;
    const message = this.#messageFor(sip.copy(request), picked);
    const reply = picked.reply && isMessage(picked.reply) ? picked.reply : undefined;
    calls.tell('failure', {
      code: picked.lastReceived,
      reason: reply?.reasonPhrase ?? '',
      reply,
      request: message,
    });
    transaction.request.flags = message.flags;
    if (name === undefined) return false;
    // It is entered once: who wants it again says so in it.
    routes.failure = undefined;
    transaction.picked = picked;
    transaction.forwarded = false;
    const { avps, storage, vars } = transaction.run;
    const run = script.createRun(message, transaction.source, 'F', { avps, storage, vars });
    this.#positions.enter(run, transaction, last);
    return then(script.run('F', name, run), () => {
      transaction.picked = undefined;
      transaction.request.flags = message.flags;
      return transaction.forwarded && transaction.status < 200;
    });
  }
}

/** RFC 3263 §4.3: the server is out of service, or has not answered at all. C: is_3263_failure. */
function isServerFailure({ lastReceived, hasReply, reply }: Branch): boolean {
  if (lastReceived === 408) return !hasReply;
  return lastReceived === 503 && reply !== undefined && isMessage(reply);
}
