import type { ScriptRun, SipMessage } from '../../runtime/module-exports.ts';
import { readNameAddress, writeNameAddress } from './name-address-parts.ts';
import type { Transaction, TransactionManager } from './neighbours.ts';

/** What of a request was changed, and is put right again in the replies to it. */
interface Changed {
  readonly headers: Set<'From' | 'To'>;
  cseq: boolean;
  watched: boolean;
}

const key = Symbol('what uac changed in the request');

/** Puts From, To and CSeq of replies right before they go on (C: restore_uris_reply, apply_cseq_decrement). */
export interface ReplyRepair {
  /** Replies to this request get the header that the request came with. */
  header(run: ScriptRun, name: 'From' | 'To'): void;
  cseq(run: ScriptRun): void;
}

export function createReplyRepair(tm: TransactionManager): ReplyRepair {
  const changedOf = ({ storage }: ScriptRun): Changed => {
    const known = storage.get(key) as Changed | undefined;
    if (known) return known;
    const fresh: Changed = { headers: new Set(), cseq: false, watched: false };
    storage.set(key, fresh);
    return fresh;
  };
  const watch = (transaction: Transaction, changed: Changed) => {
    if (changed.watched) return;
    changed.watched = true;
    transaction.on('reply-in', ({ reply }) => reply && repair(reply, transaction.run.message, changed));
  };
  const change = (run: ScriptRun): Changed => {
    const changed = changedOf(run);
    const transaction = tm.transactionOf(run);
    if (transaction) watch(transaction, changed);
    return changed;
  };
  tm.onTransaction((transaction, { storage }) => {
    const changed = storage.get(key) as Changed | undefined;
    if (changed) watch(transaction, changed);
  });
  return {
    header: (run, name) => void change(run).headers.add(name),
    cseq(run) {
      change(run).cseq = true;
    },
  };
}

function repair(reply: SipMessage, request: SipMessage, { headers, cseq }: Changed): void {
  for (const name of headers) repairHeader(reply, request, name);
  if (cseq) repairCseq(reply, request);
}

/** Display name and URI as the request came with them; the parameters, tags above all, stay the reply's. */
function repairHeader(reply: SipMessage, request: SipMessage, name: 'From' | 'To'): void {
  const index = reply.findHeader(name);
  const came = readNameAddress(request.header(name) ?? '');
  const answered = index < 0 ? undefined : readNameAddress(reply.headerValue(index));
  if (!came || !answered) return;
  const value = writeNameAddress({ ...came, params: answered.params });
  reply.edits.replace(index, `${reply.headerName(index)}: ${value}\r\n`);
}

function repairCseq(reply: SipMessage, { cseq }: SipMessage): void {
  const index = reply.findHeader('CSeq');
  if (index < 0 || !cseq || !reply.cseq || reply.cseq.number === cseq.number) return;
  reply.edits.replace(index, `${reply.headerName(index)}: ${cseq.number} ${reply.cseq.method}\r\n`);
}
