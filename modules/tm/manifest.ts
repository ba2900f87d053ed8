import type { Manifest, MiFacts, StatisticFacts, VariableFacts } from '../../runtime/module-exports.ts';
import { commands } from './commands.ts';
import { params } from './params.ts';

/** A variable of one branch: by its number, else of the branch at hand. */
function ofBranch(description: string): VariableFacts {
  return { description, index: true, since: '3.6' };
}

const variables: Readonly<Record<string, VariableFacts>> = {
  T_branch_idx: { description: 'the number of the branch at hand, from 0' },
  T_reply_code: {
    description: 'the code of the last reply sent, of the reply at hand or of the one that won',
  },
  T_ruri: { description: 'the Request-URI of the branch at hand' },
  T_id: { description: 'what identifies the transaction', since: '2.3' },
  T_fr_timeout: { description: 'fr_timeout of this transaction, in seconds', writable: true },
  T_fr_inv_timeout: { description: 'fr_inv_timeout of this transaction, in seconds', writable: true },
  T_branch_last_reply_code: {
    description: 'the code of the last reply of a branch',
    index: true,
    since: '3.5',
  },
  bavp: {
    description: 'an AVP of the branch at hand',
    inner: 'required',
    index: true,
    writable: true,
  },
  'tm.branch.uri': ofBranch('the Request-URI of a branch'),
  'tm.branch.duri': ofBranch('the next hop of a branch'),
  'tm.branch.path': ofBranch('the Path of a branch'),
  'tm.branch.q': ofBranch('the q value of a branch'),
  'tm.branch.socket': ofBranch('the socket that a branch was sent by'),
  'tm.branch.type': ofBranch('sip, or phony for the place of one that is waited for'),
  'tm.branch.last_received': ofBranch('the code of the last reply received on a branch'),
  'tm.branch.flags': ofBranch('the names of the flags of a branch'),
  'tm.branch.flag': {
    description: 'a flag of a branch, by its name',
    inner: 'required',
    index: true,
    writable: true,
    since: '3.6',
  },
  'tm.branch.attr': {
    description: 'an attribute of a branch, by its name',
    inner: 'required',
    index: true,
    writable: true,
    since: '3.6',
  },
};

const statistics: Readonly<Record<string, StatisticFacts>> = {
  received_replies: { description: 'replies received for transactions' },
  relayed_replies: { description: 'replies passed on' },
  local_replies: { description: 'replies made here' },
  UAS_transactions: { description: 'transactions made by requests received' },
  UAC_transactions: { description: 'transactions made by own requests' },
  '2xx_transactions': { description: 'transactions that ended with 200 to 299' },
  '3xx_transactions': { description: 'transactions that ended with 300 to 399' },
  '4xx_transactions': { description: 'transactions that ended with 400 to 499' },
  '5xx_transactions': { description: 'transactions that ended with 500 to 599' },
  '6xx_transactions': { description: 'transactions that ended with 600 to 699' },
  inuse_transactions: { description: 'transactions in memory', gauge: true },
  retransmission_req_T1_1: { description: 'requests sent again after T1' },
  retransmission_req_T1_2: { description: 'requests sent again after 2 × T1 more' },
  retransmission_req_T1_3: { description: 'requests sent again after 4 × T1 more' },
  retransmission_req_T2: { description: 'requests sent again after T2 more' },
  retransmission_rpl_T2: { description: 'replies sent again' },
  timeout_finalresponse: { description: 'branches that ended at fr_timeout' },
  timeout_finalresponse_inv: { description: 'branches of INVITEs that ended at fr_inv_timeout' },
  cluster_reply_sent: { description: 'replies handed to other hosts: 0' },
  cluster_request_sent: { description: 'requests handed to other hosts: 0' },
  cluster_cancel_sent: { description: 'CANCELs handed to other hosts: 0' },
  cluster_reply_recv: { description: 'replies from other hosts: 0' },
  cluster_request_recv: { description: 'requests from other hosts: 0' },
  cluster_cancel_recv: { description: 'CANCELs from other hosts: 0' },
};

const ownRequest = {
  description: 'Sends a request of this host’s own and tells its final reply.',
  params: [
    ['method', 'ruri', 'headers'],
    ['method', 'ruri', 'headers', 'next_hop'],
    ['method', 'ruri', 'headers', 'socket'],
    ['method', 'ruri', 'headers', 'body'],
    ['method', 'ruri', 'headers', 'next_hop', 'socket'],
    ['method', 'ruri', 'headers', 'next_hop', 'body'],
    ['method', 'ruri', 'headers', 'socket', 'body'],
    ['method', 'ruri', 'headers', 'next_hop', 'socket', 'body'],
  ],
} as const;

const cancelRequest = {
  description: 'Cancels an INVITE by its Call-ID and CSeq.',
  params: [['callid', 'cseq']],
} as const;

const showTable = {
  description: 'How many transactions each line of the table holds.',
  params: [[]],
} as const;

const answer = {
  description: 'Answers by a transaction, which is named `line:label`.',
  params: [
    ['code', 'reason', 'trans_id', 'to_tag'],
    ['code', 'reason', 'trans_id', 'to_tag', 'new_headers'],
    ['code', 'reason', 'trans_id', 'to_tag', 'body'],
    ['code', 'reason', 'trans_id', 'to_tag', 'new_headers', 'body'],
  ],
} as const;

/** From 4.0 on the names are without `t_`; the old ones stay as aliases. */
const mi: Readonly<Record<string, MiFacts>> = {
  t_uac_dlg: ownRequest,
  t_uac_cancel: cancelRequest,
  t_hash: showTable,
  t_reply: answer,
  uac_dlg: { ...ownRequest, since: '4.0' },
  uac_cancel: { ...cancelRequest, since: '4.0' },
  hash: { ...showTable, since: '4.0' },
  reply: { ...answer, since: '4.0' },
};

export const manifest = {
  name: 'tm',
  description: 'Transactions: stateful forwarding, forking, retransmissions, timeouts (RFC 3261 §16, §17).',
  commands,
  params,
  variables,
  statistics,
  mi,
  api: 'transactionOf(run), onTransaction(hear), onOwnRequest(hear), reply(run, code, reason), request(options): the transactions for other modules.',
} as const satisfies Manifest;
