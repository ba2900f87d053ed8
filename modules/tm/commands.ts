import type { CommandSignature, RouteLetter } from '../../runtime/module-exports.ts';

const requestRoute: readonly RouteLetter[] = ['R'];
const requestOrFailure: readonly RouteLetter[] = ['R', 'F'];
const requestOrBranch: readonly RouteLetter[] = ['R', 'B'];
const transactionRoutes: readonly RouteLetter[] = ['R', 'F', 'O', 'B'];
const armingRoutes: readonly RouteLetter[] = ['R', 'F', 'O', 'B', 'L'];

/** Makes a transaction, or sends by it. */
const sendingCommands: Readonly<Record<string, CommandSignature>> = {
  t_newtran: {
    params: [],
    routes: requestRoute,
    description:
      'Makes the transaction of a request; a retransmission gets the last reply again and ends the script.',
  },
  t_relay: {
    params: ['s?', 's?'],
    paramNames: ['flags', 'destination'],
    routes: requestOrFailure,
    description:
      'Sends a request on by a transaction, to the Request-URI and every branch. Flags: no-auto-477 (2), no-dns-failover (4), pass-reason-hdr (8), allow-no-cancel (16), with commas between them or as the sum of their numbers. Up to 2.4 the destination stands first.',
  },
  t_replicate: {
    params: ['s', 's?'],
    paramNames: ['URI', 'flags'],
    routes: requestOrFailure,
    description: 'Sends a copy of a request elsewhere; its replies are not passed on. Flags as for t_relay.',
  },
  t_reply: {
    params: ['i', 's'],
    paramNames: ['code', 'reason'],
    routes: requestOrFailure,
    description: 'Answers by the transaction, which is made where there is none.',
  },
  t_reply_with_body: {
    params: ['i', 's', 's'],
    paramNames: ['code', 'reason', 'body'],
    routes: requestOrFailure,
    description: 'Answers by the transaction, with a body.',
  },
  t_reply_by_callid: {
    params: ['i', 's', 's?', 's?'],
    paramNames: ['code', 'reason', 'Call-ID', 'CSeq number'],
    routes: requestRoute,
    since: '3.4',
    description: 'Answers the INVITE of a Call-ID and CSeq, by default those of this request.',
  },
  t_new_request: {
    params: ['s', 's', 's', 's', 's?', 's?'],
    paramNames: ['method', 'Request-URI', 'From', 'To', 'content type and body', 'context'],
    routes: '*',
    description:
      'Sends a request of this host’s own; the context becomes the AVP uac_ctx of its transaction.',
  },
};

/** Says which route is entered later. */
const armingCommands: Readonly<Record<string, CommandSignature>> = {
  t_on_failure: {
    params: ['s'],
    paramNames: ['failure_route'],
    routes: armingRoutes,
    description: 'The failure_route that runs where all branches have failed.',
  },
  t_on_reply: {
    params: ['s'],
    paramNames: ['onreply_route'],
    routes: armingRoutes,
    description: 'The onreply_route for replies from the branches; called in a branch_route, of that branch.',
  },
  t_on_branch: {
    params: ['s'],
    paramNames: ['branch_route'],
    routes: transactionRoutes,
    description: 'The branch_route that runs before each branch is sent.',
  },
};

/** Questions about the transaction. */
const askingCommands: Readonly<Record<string, CommandSignature>> = {
  t_check_trans: {
    params: [],
    routes: requestOrBranch,
    description:
      'Whether a CANCEL or ACK belongs to an INVITE of this host; a retransmission of another request gets the last reply again and ends the script.',
  },
  t_check_status: {
    params: ['r'],
    paramNames: ['regular expression'],
    routes: transactionRoutes,
    description:
      'Whether the code of the last reply sent, of the reply at hand or of the one that won matches.',
  },
  t_local_replied: {
    params: ['s'],
    paramNames: ['all, branch or last'],
    routes: transactionRoutes,
    description: 'Whether all replies, those of the last branches, or the last one were made here.',
  },
  t_was_cancelled: {
    params: [],
    routes: transactionRoutes,
    description: 'Whether the caller has cancelled the INVITE.',
  },
  t_get_branch_idx_by_attr: {
    params: ['s', 's?', 'i?', 'v?', 'i?'],
    paramNames: ['attribute', 'text', 'number', 'result', 'first branch'],
    routes: ['F', 'O', 'B'],
    since: '3.6',
    description: 'Looks for a branch that has an attribute, with a value where one is given.',
  },
};

/** Changes of the transaction. */
const changingCommands: Readonly<Record<string, CommandSignature>> = {
  t_cancel_branch: {
    params: ['s?'],
    paramNames: ['a, o'],
    routes: ['O'],
    description: 'Cancels the branch at hand, all that are pending (a), or all others (o).',
  },
  t_flush_flags: {
    params: [],
    routes: requestOrBranch,
    description: 'Copies the flags of the message into the transaction.',
  },
  t_add_hdrs: {
    params: ['s'],
    paramNames: ['header lines'],
    routes: requestRoute,
    description: 'Header lines for every request of the transaction, ACK and CANCEL too.',
  },
  t_add_cancel_reason: {
    params: ['s'],
    paramNames: ['Reason header, with its line end'],
    routes: requestRoute,
    since: '2.3',
    description: 'The Reason header (RFC 3326) of the CANCELs that this CANCEL leads to.',
  },
  t_inject_branches: {
    params: ['s', 's?'],
    paramNames: ['msg or event', 'flags'],
    routes: ['R', 'O'],
    since: '2.3',
    description:
      'Adds branches to a transaction and sends them. Flags: cancel (c) ends the others, last (l) waits for no more.',
  },
  t_wait_for_new_branches: {
    params: ['i?'],
    paramNames: ['how many branches'],
    routes: requestRoute,
    since: '2.3',
    description: 'Keeps the transaction open for branches that come later, until fr_inv_timeout.',
  },
  t_wait_no_more_branches: {
    params: [],
    routes: transactionRoutes,
    since: '3.2',
    description: 'Ends the wait that t_wait_for_new_branches began.',
  },
  t_anycast_replicate: {
    params: [],
    routes: requestRoute,
    since: '2.4',
    description: 'Hands a CANCEL or ACK to the other hosts of an anycast address: -1, as there are none.',
  },
};

export const commands: Readonly<Record<string, CommandSignature>> = {
  ...sendingCommands,
  ...armingCommands,
  ...askingCommands,
  ...changingCommands,
};
