import type { NameAddress, ScriptRun, SipMessage } from '../../runtime/module-exports.ts';
import { type Accounting, nowInSeconds } from './accounting.ts';
import { reasonPhrase } from './reason-phrases.ts';

/** One thing that is written down: a request with what became of it. */
export interface Occurrence {
  /** Of the request. */
  readonly run: ScriptRun;
  readonly reply: SipMessage | undefined;
  readonly accounting: Accounting | undefined;
  /** '' where there is none. */
  readonly code: string;
  readonly reason: string;
  /** A call that was missed. */
  readonly missed: boolean;
  /** Seconds since 1970 when it is written. */
  readonly time: number;
}

/** A reply came, or was made here. */
export function replyOccurrence(
  run: ScriptRun,
  { code, reply }: { readonly code: number; readonly reply: SipMessage | undefined },
  accounting: Accounting,
  missed: boolean,
): Occurrence {
  return {
    run,
    reply,
    accounting,
    code: String(reply?.statusCode ?? code),
    reason: reply ? reply.reasonPhrase : reasonPhrase(code),
    missed,
    time: nowInSeconds(),
  };
}

/** The comment of acc_log_request and its kin: a code and its reason, or a reason alone (acc_comm_to_acc_param). */
export function commentOccurrence(
  run: ScriptRun,
  comment: string,
  accounting: Accounting | undefined,
): Omit<Occurrence, 'missed'> {
  const [, code = '', rest = comment] = /^(\d{3})\s*(.*)$/s.exec(comment) ?? [];
  const reason = rest === '' ? reasonPhrase(Number(code)) : rest;
  return { run, reply: undefined, accounting, code, reason, time: nowInSeconds() };
}

/** Method, tags of From and To, Call-ID, code, reason: the values that every backend writes (acc.c: core2strar). */
export function coreValues({ run, reply, accounting, code, reason }: Occurrence): readonly string[] {
  const { message } = run;
  const from = tagOf(message.from);
  const to = tagOf(reply?.to ?? message.to);
  const tags = accounting?.isUpstream ? [to, from] : [from, to];
  return [message.method, ...tags, message.callId, code, reason];
}

/** Of a call, for as long as it lasts: copies, because a part of a text keeps all of it in memory. */
export function keptCoreValues(occurrence: Occurrence): readonly string[] {
  return coreValues(occurrence).map((value) => Buffer.from(value, 'latin1').toString('latin1'));
}

function tagOf(address: NameAddress | undefined): string {
  return address?.tag ?? '';
}
