import type { SipMessage } from '../../runtime/module-exports.ts';
import type { Branch, MadeUpReply } from './branch.ts';
import type { Core } from './core.ts';
import { reasonOfCode } from './reasons.ts';
import type { ServerSide } from './server-side.ts';
import type { Transaction } from './transaction.ts';

/** What the script adds to a reply of its own. */
export interface ReplyParts {
  readonly headers?: string;
  readonly body?: string;
  readonly toTag?: string;
}

/** Makes replies for upstream: own ones, and those of branches. */
export class Upstream {
  readonly #core: Core;
  readonly #server: ServerSide;

  constructor(core: Core, server: ServerSide) {
    this.#core = core;
    this.#server = server;
  }

  /**
   * Answers by the transaction with a reply made here, for a message that may have reply lines of its own. False where a
   * final one went before. C: _reply_light.
   */
  answer(
    transaction: Transaction,
    message: SipMessage,
    code: number,
    reason: string,
    parts: ReplyParts = {},
  ): boolean {
    const { log, sip } = this.#core.host;
    if (transaction.status >= 200) {
      log.error(
        '_reply_light',
        `failed to generate ${code} reply when a final ${transaction.status} was sent out`,
      );
      return false;
    }
    const contacts = code >= 300 && code < 400 ? sip.contactsOf(message) : undefined;
    const headers = `${contacts === undefined ? '' : `${contacts}\r\n`}${parts.headers ?? ''}`;
    const text = sip.buildReply(message, code, oneLine(reason), {
      ...(code >= 180 && { toTag: parts.toTag ?? transaction.toTag }),
      ...(headers !== '' && { headers }),
      ...(parts.body !== undefined && { body: parts.body }),
    });
    this.#server.send(transaction, { code, reason, text: this.#shownToRoute(text), reply: undefined });
    return true;
  }

  /** Passes on the reply that a branch ended with, or rings with. */
  pass(transaction: Transaction, branch: Branch, reply: SipMessage | MadeUpReply): void {
    if (!isMessage(reply)) {
      this.#passMadeUp(transaction, reply);
      return;
    }
    const code = reply.statusCode;
    if (code === 401 || code === 407) addChallenges(transaction, branch, reply);
    const text = this.textOf(transaction, branch, reply);
    // A 503 was about the next hop, not about this host (RFC 3261 §16.7 step 6).
    const shown = code === 503 && text.startsWith('SIP/2.0 500') ? 500 : code;
    this.#server.send(transaction, { code: shown, reason: reply.reasonPhrase, text, reply });
  }

  /** One more 2xx to an INVITE. */
  passLate(transaction: Transaction, branch: Branch, reply: SipMessage): void {
    this.#server.sendLate(transaction, this.textOf(transaction, branch, reply));
    if (!transaction.isNewAcceptance(reply)) return;
    transaction.calls.tell('reply-out', { code: reply.statusCode, reason: reply.reasonPhrase, reply });
  }

  textOf(transaction: Transaction, { socket }: Branch, reply: SipMessage): string {
    const { sip, globals } = this.#core.host;
    const receivedBy = reply.source?.socket ?? socket ?? transaction.socket;
    const text = sip.printReply(reply, { receivedBy, sentBy: transaction.socket });
    const translated = reply.statusCode === 503 && globals.get('disable_503_translation') !== 1;
    return translated ? text.replace('503', '500') : text;
  }

  /**
   * RFC 4320 §4.2: no 408 for what is no INVITE: it comes too late to be of use, and its sender knows already.
   * Deviation: OpenSIPS sends it; so does the parameter non_invite_408.
   */
  #passMadeUp(transaction: Transaction, { code, reason }: MadeUpReply): void {
    if (code === 408 && !transaction.isInvite && !this.#core.settings.sends408ToAll) {
      transaction.status = code;
      transaction.repliedHere = true;
      transaction.calls.tell('completed', { code, reason, reply: undefined });
      this.#server.finish(transaction);
      return;
    }
    this.answer(transaction, transaction.request, code, reason);
  }

  /** local_reply_route. */
  #shownToRoute(text: string): string {
    const { localReplyRoute } = this.#core.settings;
    if (localReplyRoute === undefined) return text;
    const { script, sip } = this.#core.host;
    const run = script.createOwnRun('R');
    const message = sip.parse(text, run.source);
    const shown = script.run('R', localReplyRoute, script.createRun(message, run.source, 'R'));
    if (typeof shown !== 'number') shown.catch(() => undefined);
    return sip.print(message);
  }
}

export function isMessage(reply: SipMessage | MadeUpReply): reply is SipMessage {
  return 'isRequest' in reply;
}

export function madeUp(code: number, reason = reasonOfCode(code)): MadeUpReply {
  return { code, reason };
}

/**
 * RFC 3261 §16.7 step 7: the challenges of all branches go along with the one that was chosen, so that a client can answer
 * them at once. Deviation: OpenSIPS passes on those of the chosen one alone.
 */
function addChallenges(transaction: Transaction, chosen: Branch, reply: SipMessage): void {
  for (const branch of transaction.current) {
    const other = branch.reply;
    if (branch === chosen || !other || !isMessage(other)) continue;
    if (other.statusCode !== 401 && other.statusCode !== 407) continue;
    for (const name of ['WWW-Authenticate', 'Proxy-Authenticate']) {
      for (let at = other.findHeader(name); at >= 0; at = other.findHeader(name, at + 1)) {
        reply.edits.append(`${name}: ${other.headerValue(at)}\r\n`);
      }
    }
  }
}

/** A reason with a line end would be a header of somebody else's making. */
function oneLine(reason: string): string {
  return reason.replace(/[\r\n\0]+/g, ' ');
}
