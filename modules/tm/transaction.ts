import type {
  ListenSocket,
  MessageSource,
  ScriptRun,
  SipMessage,
  Timer,
} from '../../runtime/module-exports.ts';
import type { Branch } from './branch.ts';
import { Callbacks, type Happened, type TransactionEvent } from './callbacks.ts';
import { type MaybePromise, waits } from './maybe.ts';

/** What may wait while a route of the transaction waits; what comes behind it is lost, as on the network. */
const maxQueued = 64;

/** The routes that a transaction enters later. */
export interface ArmedRoutes {
  branch: string | undefined;
  reply: string | undefined;
  failure: string | undefined;
}

/** To-tags that a transaction remembers; a 2xx beyond them counts as new each time that it comes. */
const mostAcceptances = 64;

/** A request with all that became of it: the server transaction and its branches (RFC 3261 §16, §17.2). */
export class Transaction {
  /** Names it in Via, in `$T_id` and in the table. */
  readonly id: string;
  /** The request as the script last left it; branches begin from it. */
  request: SipMessage;
  readonly run: ScriptRun;
  readonly source: MessageSource;
  readonly method: string;
  readonly isInvite: boolean;
  /** Of this host's own making: nobody upstream waits for replies. */
  readonly isLocal: boolean;
  readonly calls = new Callbacks();
  readonly routes: ArmedRoutes = { branch: undefined, reply: undefined, failure: undefined };
  readonly branches: Branch[] = [];
  /** Those before it have failed already (serial forking). */
  firstBranch = 0;
  /** The code of the last reply that went upstream, 0 before any. */
  status = 0;
  /** That reply, for retransmissions of the request. */
  lastReply: string | undefined = undefined;
  /** The last reply that went upstream was made here. */
  repliedHere = false;
  /** The caller has cancelled it. */
  cancelled = false;
  /** A 6xx came. */
  closed = false;
  /** Replies end here (t_replicate). */
  replicated = false;
  noDnsFailover = false;
  passesReason = false;
  /** All 2xx go upstream and none ends the others (Request-Disposition: no-cancel, RFC 3841 §9.1). */
  keepsBranches = false;
  frTimeout: number | undefined = undefined;
  frInviteTimeout: number | undefined = undefined;
  /** For every request of it (t_add_hdrs). */
  extraHeaders: string | undefined = undefined;
  /** The branch whose reply was chosen, while the failure_route runs. */
  picked: Branch | undefined = undefined;
  /** A branch was sent since this was last set to false. */
  forwarded = false;
  /** It is over, and only takes retransmissions. */
  ended = false;
  retransmission: Timer | undefined = undefined;
  interval = 0;
  /** Gives up to wait for the ACK, or ends the wait behind the end. */
  end: Timer | undefined = undefined;
  /** Keys by which the table finds it. */
  keys: readonly string[] = [];
  /** To-tags of 2xx that went upstream. */
  #acceptances: string[] | undefined;
  #busy = false;
  #queue: (() => MaybePromise<void>)[] | undefined;

  constructor(id: string, request: SipMessage, run: ScriptRun, isLocal: boolean) {
    this.id = id;
    this.request = request;
    this.run = run;
    this.source = run.source;
    this.method = request.method;
    this.isInvite = request.method === 'INVITE';
    this.isLocal = isLocal;
  }

  /** Of replies that are made here. */
  get toTag(): string {
    return `tm.${this.id}`;
  }

  get socket(): ListenSocket {
    return this.source.socket;
  }

  /** False where a 2xx with its To-tag went upstream before: it is the same again. C: update_totag_set. */
  isNewAcceptance({ to }: SipMessage): boolean {
    const tag = to?.tag ?? '';
    if (!this.#acceptances) {
      this.#acceptances = [ownText(tag)];
      return true;
    }
    if (this.#acceptances.includes(tag)) return false;
    if (this.#acceptances.length < mostAcceptances) this.#acceptances.push(ownText(tag));
    return true;
  }

  /** For other modules: calls back at each event of that kind. */
  on(event: TransactionEvent, hear: (happened: Happened) => void): void {
    this.calls.on(event, hear);
  }

  /** The branches that count now. */
  get current(): readonly Branch[] {
    return this.firstBranch === 0 ? this.branches : this.branches.slice(this.firstBranch);
  }

  /**
   * One thing happens at a time (C: LOCK_REPLIES): what comes while a route waits is done behind it. A promise where it
   * waits. `work` never throws.
   */
  serially(work: () => MaybePromise<void>): MaybePromise<void> {
    if (this.#busy) {
      this.#queue ??= [];
      if (this.#queue.length < maxQueued) this.#queue.push(work);
      return;
    }
    this.#busy = true;
    const done = work();
    if (waits(done)) return done.finally(() => this.#next());
    this.#next();
  }

  #next(): void {
    this.#busy = false;
    const work = this.#queue?.shift();
    if (work) this.serially(work);
  }
}

/** The same text apart from the one that it was cut out of, which would stay in memory for it as a whole. */
function ownText(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1');
}
