import type { StatelessForwarding } from './forwarding.ts';
import { reasonOf } from './host-error.ts';
import type {
  Counter,
  Logger,
  MessageSource,
  Receive,
  ScriptRun,
  SipMessage,
  SipTools,
  Statistics,
} from './module-exports.ts';
import type { BrowserNames } from './net/browser-names.ts';
import type { ConnectionAliases } from './net/connection-aliases.ts';
import { createRun, type Routes, type Run } from './script/index.ts';
import { SipParseError } from './sip/errors.ts';
import { parseMessage } from './sip/message.ts';
import type { coreStatistics } from './statistics.ts';

/** Looks at a request before the script; true takes it. */
export type RequestHook = (message: SipMessage, source: MessageSource) => boolean;

/** Is told each run that a request began, when it has ended; true where it has answered for one that failed. */
export type RequestDoneHook = (run: ScriptRun) => boolean | void;

/** Takes a reply behind the main onreply_route; false leaves it to others. */
export type ReplyHook = (run: ScriptRun) => boolean | Promise<boolean>;

interface ReceiveEnvironment {
  readonly routes: Routes;
  readonly sip: SipTools;
  readonly hooks: readonly RequestHook[];
  readonly doneHooks: readonly RequestDoneHook[];
  readonly replyHooks: readonly ReplyHook[];
  /** Told the run of a request when it waits for the first time. */
  readonly waitHooks: readonly ((run: ScriptRun) => void)[];
  /** Takes replies on. */
  readonly forwarding: Pick<StatelessForwarding, 'forwardReply'>;
  /** Told requests before the script. */
  readonly aliases: Pick<ConnectionAliases, 'onRequest'>;
  readonly names: Pick<BrowserNames, 'learn'>;
  /** The group `core`. */
  readonly statistics: Statistics;
  readonly log: Logger;
  /**
   * max_waiting_runs: how many runs may wait at the same time; a request that comes while so many wait is answered 503.
   * `Deviation:` OpenSIPS has no such bound of its own: a waiting run holds a worker process, or memory of the
   * reactor, until none is left.
   */
  readonly maxWaitingRuns: number;
}

export interface Receiver {
  /** Takes one whole message; never throws. */
  readonly receive: Receive;
  /** Runs that wait at this moment. */
  readonly waiting: number;
  /** From here on messages are worked on; those that came before are worked on now, in order. */
  open(): void;
}

/** The junction: text and where it came from → message → route → leftovers. */
export function createReceiver(environment: ReceiveEnvironment): Receiver {
  return new MessageReceiver(environment);
}

interface HeldMessage {
  readonly text: string;
  readonly source: MessageSource;
}

class MessageReceiver implements Receiver {
  waiting = 0;
  readonly #environment: ReceiveEnvironment;
  readonly #counters: Record<CountedName, Counter>;
  /** What came before `open`; undefined from then on. */
  #held: HeldMessage[] | undefined = [];
  /** It was said that too many runs wait. */
  #full = false;

  constructor(environment: ReceiveEnvironment) {
    this.#environment = environment;
    this.#counters = countersOf(environment.statistics);
  }

  readonly receive: Receive = (text, source) => {
    if (this.#held) {
      this.#hold(this.#held, { text, source });
      return;
    }
    let message: SipMessage;
    try {
      message = parseMessage(text, source);
    } catch (error) {
      this.#refuse(error, text, source);
      return;
    }
    if (message.isRequest) this.#request(message, source);
    else this.#reply(message, source);
  };

  open(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const { text, source } of held) this.receive(text, source);
  }

  #hold(held: HeldMessage[], message: HeldMessage): void {
    if (held.length < this.#environment.maxWaitingRuns) held.push(message);
    else this.#counters.drop_requests.value++;
  }

  #request(message: SipMessage, source: MessageSource): void {
    this.#counters.rcv_requests.value++;
    this.#environment.aliases.onRequest(message, source);
    this.#environment.names.learn(message, source);
    if (this.#isTaken(message, source)) return;
    const run = createRun(message, source, 'R');
    if (this.waiting >= this.#environment.maxWaitingRuns) this.#overloaded(run);
    else this.#run(run);
  }

  /** A hook that throws takes its message with it. */
  #isTaken(message: SipMessage, source: MessageSource): boolean {
    const { hooks, log } = this.#environment;
    try {
      for (const hook of hooks) if (hook(message, source)) return true;
      return false;
    } catch (error) {
      log.error(
        'receive_msg',
        `a module failed on ${message.method} from ${peerOf(source)}: ${reasonOf(error)}`,
      );
      this.#requestFailed(createRun(message, source, 'R'));
      return true;
    }
  }

  /** What is no reply to a request of a module's has no request of this host that waits for it. */
  #reply(message: SipMessage, source: MessageSource): void {
    this.#counters.rcv_replies.value++;
    if (this.waiting >= this.#environment.maxWaitingRuns) {
      this.#counters.drop_replies.value++;
      return;
    }
    const run = createRun(message, source, 'O');
    if (this.#environment.routes.has('O')) this.#run(run);
    else this.#done(run);
  }

  /** A run that does not wait costs no promise and no closure. */
  #run(run: Run): void {
    const outcome = this.#environment.routes.run(run.routeLetter, undefined, run);
    if (typeof outcome === 'number') this.#done(run);
    else this.#wait(run, outcome);
  }

  async #wait(run: Run, outcome: Promise<number>): Promise<void> {
    this.waiting++;
    if (run.message.isRequest) this.#tellWaits(run);
    await outcome;
    this.waiting--;
    this.#full = false;
    this.#done(run);
  }

  #tellWaits(run: Run): void {
    for (const hook of this.#environment.waitHooks) {
      try {
        hook(run);
      } catch (error) {
        const { log } = this.#environment;
        log.error('receive_msg', `a module failed on a run that waits: ${reasonOf(error)}`);
      }
    }
  }

  #done(run: Run): void {
    if (!run.message.isRequest) {
      this.#replyDone(run);
      return;
    }
    const answered = this.#tellDone(run);
    if (run.failed) this.#requestFailed(run, answered);
    else if (run.dropped) this.#counters.drop_requests.value++;
  }

  #tellDone(run: Run): boolean {
    let answered = false;
    for (const hook of this.#environment.doneHooks) {
      try {
        answered = hook(run) === true || answered;
      } catch (error) {
        const { log } = this.#environment;
        log.error('receive_msg', `a module failed behind ${run.message.method}: ${reasonOf(error)}`);
      }
    }
    return answered;
  }

  #replyDone(run: Run): void {
    if (run.failed) this.#counters.err_replies.value++;
    if (run.failed || run.dropped) {
      this.#counters.drop_replies.value++;
      return;
    }
    try {
      const passed = this.#passReply(run);
      if (typeof passed !== 'boolean') this.#waitForReply(run, passed);
    } catch (error) {
      this.#replyFailed(run, error);
    }
  }

  /** To the module that waits for it, else back by its Via headers. */
  #passReply(run: Run, from = 0): boolean | Promise<boolean> {
    const { forwarding, routes, replyHooks } = this.#environment;
    for (let at = from; at < replyHooks.length; at++) {
      const taken = replyHooks[at]?.(run) ?? false;
      if (taken === true) return true;
      if (taken !== false) return taken.then((later) => later || this.#passReply(run, at + 1));
    }
    return forwarding.forwardReply(run.message, run.source, routes.replyOpensNone(run.message));
  }

  #replyFailed(run: Run, error: unknown): void {
    this.#counters.err_replies.value++;
    const { log } = this.#environment;
    log.error('forward_reply', `cannot pass on a reply from ${peerOf(run.source)}: ${reasonOf(error)}`);
  }

  async #waitForReply(run: Run, passed: Promise<boolean>): Promise<void> {
    this.waiting++;
    try {
      await passed;
    } catch (error) {
      this.#replyFailed(run, error);
    }
    this.waiting--;
  }

  #requestFailed(run: Run, answered = false): void {
    this.#counters.err_requests.value++;
    if (!answered) this.#answer(run, 500, 'Server Internal Error');
  }

  #overloaded(run: Run): void {
    if (!this.#full) {
      const { log } = this.#environment;
      log.warning(
        'receive_msg',
        `${this.waiting} runs wait, as many as max_waiting_runs allows: requests get 503`,
      );
    }
    this.#full = true;
    this.#counters.drop_requests.value++;
    this.#answer(run, 503, 'Service Unavailable');
  }

  /** RFC 3261 §17.1.1.3: an ACK is never answered. */
  #answer(run: Run, code: number, reason: string): void {
    if (run.message.method === 'ACK') return;
    const { sip, log } = this.#environment;
    try {
      sip.sendReply(run, code, reason, { toTag: sip.statelessTag(run.message) });
    } catch (error) {
      log.error('receive_msg', `cannot answer ${code} to ${peerOf(run.source)}: ${reasonOf(error)}`);
    }
  }

  /**
   * `Deviation:` OpenSIPS drops what it cannot parse without a word to the sender; RFC 3261 §16.3 asks for a
   * reply where one can be built.
   */
  #refuse(error: unknown, text: string, source: MessageSource): void {
    const { log } = this.#environment;
    const isReply = text.startsWith('SIP/');
    this.#counters[isReply ? 'err_replies' : 'err_requests'].value++;
    if (!(error instanceof SipParseError)) {
      log.error('parse_msg', `cannot read a message from ${peerOf(source)}: ${reasonOf(error)}`);
      return;
    }
    this.#counters[error.code === 'SIP_REQUEST_URI' ? 'bad_URIs_rcvd' : 'bad_msg_hdr'].value++;
    log.error('parse_msg', `bad message from ${peerOf(source)}: ${error.message} (${error.code})`);
    if (!isReply && error.answerable && error.salvaged) {
      this.#answer(createRun(error.salvaged, source, 'R'), error.status, error.reason);
    }
  }
}

/** `ws:192.0.2.1:4711`, IPv6 in brackets. */
function peerOf(source: MessageSource): string {
  const host = source.remoteAddress.includes(':') ? `[${source.remoteAddress}]` : source.remoteAddress;
  return `${source.protocol}:${host}:${source.remotePort}`;
}

type CountedName = Exclude<keyof typeof coreStatistics, 'timestamp'>;

function countersOf(statistics: Statistics): Record<CountedName, Counter> {
  return {
    rcv_requests: statistics.counter('rcv_requests'),
    rcv_replies: statistics.counter('rcv_replies'),
    fwd_requests: statistics.counter('fwd_requests'),
    fwd_replies: statistics.counter('fwd_replies'),
    drop_requests: statistics.counter('drop_requests'),
    drop_replies: statistics.counter('drop_replies'),
    err_requests: statistics.counter('err_requests'),
    err_replies: statistics.counter('err_replies'),
    bad_URIs_rcvd: statistics.counter('bad_URIs_rcvd'),
    bad_msg_hdr: statistics.counter('bad_msg_hdr'),
    slow_messages: statistics.counter('slow_messages'),
  };
}
