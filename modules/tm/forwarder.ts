import type {
  Destination,
  DestinationSearch,
  ListenSocket,
  MessageBranch,
  SipMessage,
} from '../../runtime/module-exports.ts';
import { Branch } from './branch.ts';
import type { ClientSide } from './client-side.ts';
import { type Core, isReliable } from './core.ts';
import { type Failure, failures } from './failures.ts';
import { inTurn, type MaybePromise, then, waits } from './maybe.ts';
import type { Positions } from './positions.ts';
import type { Transaction } from './transaction.ts';

/** A transaction has no more, the failed ones of serial forking included (config.h: MAX_BRANCHES). */
export const maxBranches = 12;

interface Forwarding {
  /** Every branch goes there, whatever its URI says. */
  readonly destination?: Destination | DestinationSearch | undefined;
  /** The branches so far do not count any more: they have failed. */
  readonly startsAnew: boolean;
}

/** Where a branch goes, or why it goes nowhere. */
type Found = { readonly failure: Failure } | { readonly destination: Destination; readonly others?: Others };
type Others = AsyncIterator<Destination>;

/** Makes branches of a request and sends them (RFC 3261 §16.6). */
export class Forwarder {
  readonly #core: Core;
  readonly #client: ClientSide;
  readonly #positions: Positions;
  /** A branch that was being sent has failed while others went out. */
  readonly #lost: (transaction: Transaction, branch: Branch) => void;

  constructor(
    core: Core,
    client: ClientSide,
    positions: Positions,
    lost: (transaction: Transaction, branch: Branch) => void,
  ) {
    this.#core = core;
    this.#client = client;
    this.#positions = positions;
    this.#lost = lost;
  }

  /**
   * Sends a message to its Request-URI and all its branches, which are used up by it. Undefined where at least one went
   * out. C: t_forward_nonack.
   */
  forward(
    transaction: Transaction,
    message: SipMessage,
    { destination, startsAnew }: Forwarding,
  ): MaybePromise<Failure | undefined> {
    transaction.request.flags = message.flags;
    if (startsAnew) this.#startAnew(transaction);
    const targets = [undefined, ...message.branches.splice(0)];
    const added: Branch[] = [];
    let failure: Failure = 'internal';
    const add = (target: MessageBranch | undefined): MaybePromise<void> =>
      then(this.#add(transaction, message, target, destination), (outcome) => {
        if (outcome instanceof Branch) added.push(outcome);
        else if (failures[outcome].number < failures[failure].number) failure = outcome;
      });
    return then(inTurn(targets, add), () => {
      transaction.request.flags = message.flags;
      if (added.length > 0) return this.#sendAll(transaction, added);
      this.#core.host.log.error('t_forward_nonack', 'failure to add branches');
      return failure;
    });
  }

  /** The next destination of a branch that failed, as a branch of its own (RFC 3263 §4.3). False where there is none. */
  failOver(transaction: Transaction, failed: Branch): MaybePromise<boolean> {
    const { others } = failed;
    if (!others) return false;
    failed.others = undefined;
    return others.next().then(({ done, value }) => {
      if (done) return false;
      const message = this.#core.host.sip.copy(transaction.request);
      message.requestUri = failed.uri;
      message.sendSocket = failed.message.sendSocket;
      message.branchFlags = failed.message.branchFlags;
      message.branches.length = 0;
      this.#startAnew(transaction);
      const next = { failure: undefined, destination: value, others };
      return then(this.#add(transaction, message, undefined, undefined, next), (branch) => {
        if (!(branch instanceof Branch)) return false;
        return then(this.#sendAll(transaction, [branch]), (failure) => failure === undefined);
      });
    });
  }

  #startAnew(transaction: Transaction): void {
    const { branches } = transaction;
    transaction.firstBranch = branches.length;
    // One that waits for branches to come stays among those that count.
    if (branches.at(-1)?.isPhony) transaction.firstBranch--;
  }

  /**
   * Makes one branch: its branch_route has run, and it is known where it goes. `target`: undefined for where the message
   * itself goes. C: add_uac.
   */
  #add(
    transaction: Transaction,
    message: SipMessage,
    target: MessageBranch | undefined,
    given: Destination | DestinationSearch | undefined,
    known?: { destination: Destination; others: Others },
  ): MaybePromise<Branch | Failure> {
    const index = transaction.branches.length;
    if (index >= maxBranches) {
      this.#core.host.log.error('add_uac', 'maximum number of branches exceeded');
      return 'internal';
    }
    const branch = new Branch(index, this.#messageFor(message, target));
    return then(this.#runBranchRoute(transaction, branch), (keeps) => {
      message.flags = branch.message.flags;
      if (!keeps) return 'internal';
      const found = known ?? this.#find(branch.message, given);
      return then(found, (place) =>
        isFailure(place) ? place.failure : this.#enter(transaction, branch, place),
      );
    });
  }

  #enter(
    transaction: Transaction,
    branch: Branch,
    { destination, others }: { destination: Destination; others?: Others },
  ): Branch {
    branch.uri = branch.message.requestUri;
    branch.destination = destination;
    if (!transaction.noDnsFailover) branch.others = others;
    branch.isOnItsWay = true;
    // Other branches may have come while this one was looked up.
    branch.index = transaction.branches.push(branch) - 1;
    return branch;
  }

  #messageFor(message: SipMessage, target: MessageBranch | undefined): SipMessage {
    const copy = this.#core.host.sip.copy(message);
    if (!target) return copy;
    copy.requestUri = target.uri;
    copy.destinationUri = target.destinationUri;
    copy.path = target.path;
    copy.q = target.q;
    copy.sendSocket = target.sendSocket;
    copy.branchFlags = target.flags;
    copy.branchAttributes.clear();
    for (const [name, value] of target.attributes) copy.branchAttributes.set(name, value);
    return copy;
  }

  /** False where it said drop. */
  #runBranchRoute(transaction: Transaction, branch: Branch): MaybePromise<boolean> {
    const name = transaction.routes.branch;
    if (name === undefined) return true;
    const { script } = this.#core.host;
    const { avps, storage, vars } = transaction.run;
    const shares = { avps, storage: new Map(storage), vars };
    const run = script.createRun(branch.message, transaction.source, 'B', shares);
    this.#positions.enter(run, transaction, branch);
    return then(script.run('B', name, run), () => !run.dropped && !run.failed);
  }

  /** RFC 3261 §16.6 step 7. */
  #find(message: SipMessage, given: Destination | DestinationSearch | undefined): MaybePromise<Found> {
    const { sending, log } = this.#core.host;
    const found =
      given ?? sending.destinations(message.destinationUri ?? message.requestUri, message.sendSocket);
    if (!found) return { failure: 'bad-address' };
    if (!isSearch(found)) {
      return sending.hasSocketFor(found) ? { destination: found } : { failure: 'no-socket' };
    }
    const others = found[Symbol.asyncIterator]();
    return others.next().then(({ done, value }): Found => {
      if (!done) return { destination: value, others };
      log.error(
        'uri2proxy',
        `no destination for ${message.destinationUri ?? message.requestUri}: ${found.reason}`,
      );
      return { failure: 'bad-address' };
    });
  }

  /** Undefined where one at least was sent; one that waits for a connection keeps no other from going. */
  #sendAll(transaction: Transaction, added: readonly Branch[]): MaybePromise<Failure | undefined> {
    const outcomes = added.map((branch) =>
      then(this.#send(transaction, branch), (failure) => this.#sent(transaction, branch, failure)),
    );
    if (!outcomes.some(waits)) return worstOf(outcomes as readonly (Failure | undefined)[]);
    return Promise.all(outcomes).then((all) => {
      const failure = worstOf(all);
      // Others have gone out, and perhaps failed already: whoever waits for this one must hear of it.
      if (failure === undefined) {
        added.forEach((branch, at) => {
          if (all[at] !== undefined) this.#lost(transaction, branch);
        });
      }
      return failure;
    });
  }

  #sent(transaction: Transaction, branch: Branch, failure: Failure | undefined): Failure | undefined {
    branch.isOnItsWay = false;
    if (failure !== undefined) {
      branch.wasSent = false;
      return failure;
    }
    transaction.forwarded = true;
    this.#client.watch(transaction, branch);
    return undefined;
  }

  /** To the first of its destinations that takes it. */
  #send(transaction: Transaction, branch: Branch): MaybePromise<Failure | undefined> {
    const { sending, log } = this.#core.host;
    const { destination, message } = branch;
    if (!destination) return 'internal';
    const print = (socket: ListenSocket) => this.#print(transaction, branch, socket);
    if (sending.isBlocked(destination, message, print))
      return this.#sendElsewhere(transaction, branch, 'blocked');
    const source = transaction.isLocal ? undefined : transaction.source;
    // Only who opens a connection asks for AVPs, which a run has from then on.
    const avps = isReliable(destination.protocol) ? transaction.run.avps : undefined;
    const onlyOpen = (message.branchFlags & this.#onlyOpenFlag) !== 0;
    const sent = sending.send(destination, print, { message, source, avps, onlyOpen });
    return then(sent, (taken) => {
      if (taken) return undefined;
      log.error('t_forward_nonack', 'sending request failed');
      const hasSocket = this.#core.host.sockets.some(({ protocol }) => protocol === destination.protocol);
      return this.#sendElsewhere(transaction, branch, hasSocket ? 'send-failed' : 'no-socket');
    });
  }

  #sendElsewhere(
    transaction: Transaction,
    branch: Branch,
    failure: Failure,
  ): MaybePromise<Failure | undefined> {
    const { others } = branch;
    if (!others) return failure;
    return others.next().then(({ done, value }) => {
      if (done) return failure;
      branch.destination = value;
      return this.#send(transaction, branch);
    });
  }

  /** RFC 3261 §16.6 step 8. */
  #print(transaction: Transaction, branch: Branch, socket: ListenSocket): string {
    const { sip, routing } = this.#core.host;
    const { message } = branch;
    const { host, port } = routing.advertised(socket, message);
    const rport = message.localRport ? ';rport' : '';
    const transport = socket.protocol.toUpperCase();
    branch.socket = socket;
    branch.via = `SIP/2.0/${transport} ${host}:${port};branch=z9hG4bK${transaction.id}.${branch.index}${rport}`;
    branch.wasSent = true;
    branch.text = transaction.isLocal
      ? this.#printOwn(message, branch.via)
      : sip.printRequest(message, branch.via, { receivedBy: transaction.socket, sentBy: socket });
    return branch.text;
  }

  /** A request of this host's own has one Via, which stands there already and says nothing. */
  #printOwn(message: SipMessage, via: string): string {
    message.edits.replace(message.findHeader('Via'), `Via: ${via}\r\n`);
    return this.#core.host.sip.print(message);
  }

  /** tcp_no_new_conn_bflag. */
  get #onlyOpenFlag(): number {
    const { globals, flags } = this.#core.host;
    const name = globals.get('tcp_no_new_conn_bflag');
    return name === undefined || name === '' ? 0 : flags.branch(String(name));
  }
}

function isSearch(found: Destination | DestinationSearch): found is DestinationSearch {
  return 'reason' in found;
}

function isFailure(found: Found): found is { readonly failure: Failure } {
  return 'failure' in found && found.failure !== undefined;
}

function worstOf(outcomes: readonly (Failure | undefined)[]): Failure | undefined {
  return outcomes.includes(undefined) ? undefined : outcomes[0];
}
