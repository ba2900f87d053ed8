import { randomUUID } from 'node:crypto';
import type { SipMessage } from '../../runtime/module-exports.ts';
import type { Branch } from './branch.ts';
import type { Settings } from './settings.ts';
import type { Transaction } from './transaction.ts';
import { callKey, cookie, serverKey } from './transaction-keys.ts';

/** All transactions of a host, found by what comes from either side. */
export class TransactionTable {
  readonly #settings: Settings;
  readonly #byId = new Map<string, Transaction>();
  /** By what the client sent; an INVITE and its CANCEL share a key. */
  readonly #byRequest = new Map<string, Transaction[]>();
  /** INVITEs, by what the ACK to their 2xx brings. */
  readonly #byCall = new Map<string, Transaction[]>();
  #count = 0;
  /** The last request that was looked for, with its key: the script asks before it sends on. */
  #asked: SipMessage | undefined;
  #askedKey = '';

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  get size(): number {
    return this.#byId.size;
  }

  get isFull(): boolean {
    return this.#byId.size >= this.#settings.maxTransactions;
  }

  /** Not to be guessed from outside, so that nobody can answer requests that were not sent there. */
  nextId(): string {
    this.#count = (this.#count + 1) & 0xffff;
    const random = randomUUID();
    return `${this.#count.toString(16)}.${random.slice(0, 8)}${random.slice(9, 13)}${random.slice(24, 28)}`;
  }

  add(transaction: Transaction): void {
    this.#byId.set(transaction.id, transaction);
    if (transaction.isLocal) return;
    const key = this.#keyOf(transaction.request);
    put(this.#byRequest, key, transaction);
    const call = transaction.isInvite ? callKey(transaction.request) : undefined;
    if (call !== undefined) put(this.#byCall, call, transaction);
    transaction.keys = call === undefined ? [key] : [key, call];
  }

  remove(transaction: Transaction): boolean {
    if (!this.#byId.delete(transaction.id)) return false;
    const [key, call] = transaction.keys;
    if (key !== undefined) take(this.#byRequest, key, transaction);
    if (call !== undefined) take(this.#byCall, call, transaction);
    return true;
  }

  get(id: string): Transaction | undefined {
    return this.#byId.get(id);
  }

  /** The transaction that a request is a retransmission of, or an ACK to its failure. */
  ofRequest(request: SipMessage): Transaction | undefined {
    const method = request.method === 'ACK' ? 'INVITE' : request.method;
    const found = this.#byRequest.get(this.#keyOf(request));
    return found?.find((each) => each.method === method);
  }

  /** The transaction that a CANCEL means (RFC 3261 §9.2). */
  ofCancel(cancel: SipMessage): Transaction | undefined {
    const found = this.#byRequest.get(this.#keyOf(cancel));
    return found?.find((each) => each.method !== 'CANCEL');
  }

  /** The INVITE answered with 2xx whose ACK this is. */
  ofAck(ack: SipMessage): Transaction | undefined {
    const found = this.#byCall.get(callKey(ack));
    return found?.find(({ status }) => status >= 200 && status < 300);
  }

  /** INVITEs by Call-ID and CSeq number, whoever sent them. */
  ofCall(callId: string, cseq: string): Transaction | undefined {
    for (const transaction of this.#byId.values()) {
      const { request, isInvite } = transaction;
      if (isInvite && request.callId === callId && String(request.cseq?.number) === cseq) return transaction;
    }
    return undefined;
  }

  /**
   * The branch that a reply answers (RFC 3261 §17.1.3): the branch of its Via is the cookie, the transaction, a dot and the
   * number of the branch.
   */
  ofReply(reply: SipMessage): { readonly transaction: Transaction; readonly branch: Branch } | undefined {
    const text = reply.topVia?.branch ?? '';
    const dot = text.lastIndexOf('.');
    if (dot < 0 || !text.startsWith(cookie)) return undefined;
    const transaction = this.#byId.get(text.slice(cookie.length, dot));
    const number = text.slice(dot + 1);
    const branch = transaction?.branches[Number(number)];
    if (!transaction || !branch || String(branch.index) !== number) return undefined;
    const method = reply.cseq?.method;
    const fits = method === transaction.method || (method === 'CANCEL' && transaction.isInvite);
    return fits ? { transaction, branch } : undefined;
  }

  #keyOf(request: SipMessage): string {
    if (this.#asked !== request) {
      this.#asked = request;
      this.#askedKey = serverKey(request, this.#settings);
    }
    return this.#askedKey;
  }

  all(): IterableIterator<Transaction> {
    return this.#byId.values();
  }
}

function put(map: Map<string, Transaction[]>, key: string, transaction: Transaction): void {
  const list = map.get(key);
  if (list) list.push(transaction);
  else map.set(key, [transaction]);
}

function take(map: Map<string, Transaction[]>, key: string, transaction: Transaction): void {
  const list = map.get(key);
  if (!list) return;
  if (list.length === 1) map.delete(key);
  else list.splice(list.indexOf(transaction), 1);
}
