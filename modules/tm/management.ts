import type { ModuleBehaviour } from '../../runtime/module-exports.ts';
import type { ClientSide } from './client-side.ts';
import type { Core } from './core.ts';
import type { OwnRequests } from './own-requests.ts';
import type { Requests } from './requests.ts';

type Commands = NonNullable<ModuleBehaviour['mi']>;
type Params = Readonly<Record<string, unknown>>;

/** Management commands. Errors: thrown, with the words that the asker is told. */
export function managementOf(
  core: Core,
  requests: Requests,
  ownRequests: OwnRequests,
  client: ClientSide,
): Commands {
  const uacDlg = async (params: Params) => {
    const { from, to, callId, cseq, rest } = splitHeaders(textOf(params, 'headers'));
    const nextHop = params.next_hop === undefined ? undefined : textOf(params, 'next_hop');
    const body = params.body === undefined ? undefined : textOf(params, 'body');
    const { code, reason, reply } = await ownRequests.request({
      method: textOf(params, 'method'),
      uri: textOf(params, 'ruri'),
      from,
      to,
      headers: rest,
      ...(callId !== undefined && { callId }),
      ...(cseq !== undefined && { cseq }),
      ...(nextHop !== undefined && nextHop !== '.' && { nextHop }),
      ...(body !== undefined && { body }),
    });
    return { Status: `${code} ${reason}`, ...(reply && { Message: reply.text }) };
  };

  const uacCancel = (params: Params) => {
    const transaction = core.table.ofCall(
      textOf(params, 'callid'),
      textOf(params, 'cseq').split(' ')[0] ?? '',
    );
    if (!transaction) throw new Error('Call-ID/CSeq does not match any transaction');
    client.cancelAll(transaction, client.cancellable(transaction), undefined);
    return 'OK';
  };

  const hash = () => ({ Transactions: core.table.size });

  const reply = (params: Params) => {
    const transaction = core.table.get(textOf(params, 'trans_id').replace(':', '.'));
    if (!transaction) throw new Error('Transaction not found');
    const headers = params.new_headers === undefined ? undefined : textOf(params, 'new_headers');
    const body = params.body === undefined ? undefined : textOf(params, 'body');
    const sent = requests.answer(
      transaction,
      transaction.request,
      Number(params.code),
      textOf(params, 'reason'),
      {
        toTag: textOf(params, 'to_tag'),
        ...(headers !== undefined && { headers }),
        ...(body !== undefined && { body }),
      },
    );
    if (!sent) throw new Error('Reply failed');
    return 'OK';
  };

  return {
    t_uac_dlg: uacDlg,
    uac_dlg: uacDlg,
    t_uac_cancel: uacCancel,
    uac_cancel: uacCancel,
    t_hash: hash,
    hash,
    t_reply: reply,
    reply,
  };
}

function textOf(params: Params, name: string): string {
  const value = params[name];
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw new Error(`parameter ${name} is missing`);
}

interface SplitHeaders {
  readonly from: string;
  readonly to: string;
  readonly callId?: string;
  readonly cseq?: number;
  readonly rest: string;
}

/** From, To, Call-ID and CSeq stand among the headers that are given. Errors: no From, no To. */
function splitHeaders(text: string): SplitHeaders {
  const found: Record<string, string> = {};
  const rest: string[] = [];
  for (const line of text.split(/\r?\n/).filter((each) => each !== '')) {
    const [, name = '', value = ''] = /^([^:]+?)[ \t]*:[ \t]*(.*)$/.exec(line) ?? [];
    const known = {
      from: 'from',
      f: 'from',
      to: 'to',
      t: 'to',
      'call-id': 'callId',
      i: 'callId',
      cseq: 'cseq',
    }[name.toLowerCase()];
    if (known) found[known] = value;
    else rest.push(`${line}\r\n`);
  }
  const { from, to, callId, cseq } = found;
  if (from === undefined || to === undefined) throw new Error('From and To are missing among the headers');
  return {
    from,
    to,
    ...(callId !== undefined && { callId }),
    ...(cseq !== undefined && { cseq: Number.parseInt(cseq, 10) }),
    rest: rest.join(''),
  };
}
