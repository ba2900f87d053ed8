import type {
  Destination,
  ListenSocket,
  ScriptValue,
  SipMessage,
  Timer,
} from '../../runtime/module-exports.ts';

/** A reply that a branch ended with and that nobody sent. */
export interface MadeUpReply {
  readonly code: number;
  readonly reason: string;
}

/** A CANCEL that this host sends for a branch: a client transaction of its own (RFC 3261 §9.1). */
export interface LocalCancel {
  readonly text: string;
  retransmission: Timer | undefined;
  end: Timer | undefined;
}

/** One place that a request was sent to: a client transaction (RFC 3261 §17.1). */
export class Branch {
  index: number;
  /** Holds a place for branches that come later, and is sent nowhere (C: phony). */
  readonly isPhony: boolean;
  /** The request as this branch changed it; printed anew for each destination. */
  readonly message: SipMessage;
  /** It is being sent. */
  isOnItsWay = false;
  /** Its Request-URI as it was sent. */
  uri = '';
  wasSent = false;
  /** What it sends again, and what its ACK and CANCEL are made of, as it was sent; '' when nobody asks for it any more. */
  text = '';
  /** The value of its Via. */
  via = '';
  destination: Destination | undefined = undefined;
  /** Where it goes next when that destination fails. */
  others: AsyncIterator<Destination> | undefined = undefined;
  socket: ListenSocket | undefined = undefined;
  /** The code of the last reply, 0 before any. */
  lastReceived = 0;
  /** Somebody has really answered. */
  hasReply = false;
  /** The final reply, kept until one of all branches is chosen. */
  reply: SipMessage | MadeUpReply | undefined = undefined;
  /** A CANCEL goes out as soon as a provisional reply comes (RFC 3261 §9.1). */
  toCancel = false;
  cancel: LocalCancel | undefined = undefined;
  onReply: string | undefined = undefined;
  /** Of a phony one: how many branches the transaction has when nobody waits for more; undefined: not told. */
  waitsForBranches: number | undefined = undefined;
  retransmission: Timer | undefined = undefined;
  /** The wait of the next retransmission, in milliseconds. */
  interval = 0;
  finalResponse: Timer | undefined = undefined;
  /** It waits for fr_inv_timeout now. */
  rings = false;
  #avps: Map<string, ScriptValue[]> | undefined;

  constructor(index: number, message: SipMessage, isPhony = false) {
    this.index = index;
    this.message = message;
    this.isPhony = isPhony;
  }

  get avps(): Map<string, ScriptValue[]> {
    this.#avps ??= new Map();
    return this.#avps;
  }

  /** Nothing is sent again, and nothing made of what was sent. */
  forgetText(): void {
    this.text = '';
    this.via = '';
  }

  /** It counts among the branches: it was sent, or is being sent. */
  get isThere(): boolean {
    return this.isPhony || this.isOnItsWay || this.wasSent;
  }

  /** Its final reply is waited for. */
  get isPending(): boolean {
    return this.isThere && this.lastReceived < 200;
  }
}
