import type { Connection, ModuleFactory, ScriptRun } from '../../runtime/module-exports.ts';
import { apiOf } from './api.ts';
import type { Branch } from './branch.ts';
import { ClientSide } from './client-side.ts';
import type { Core } from './core.ts';
import { FailureRoutes } from './failure-routes.ts';
import { Forwarder } from './forwarder.ts';
import { Injection } from './injection.ts';
import { managementOf } from './management.ts';
import { manifest } from './manifest.ts';
import { OwnRequests } from './own-requests.ts';
import { Positions } from './positions.ts';
import { Relay } from './relay.ts';
import { createCounters } from './reply-counters.ts';
import { ReplyProcessor } from './reply-processor.ts';
import { Requests } from './requests.ts';
import { armingCommands } from './script/arming.ts';
import { askingCommands } from './script/asking.ts';
import { changingCommands } from './script/changing.ts';
import { sendingCommands } from './script/sending.ts';
import { ServerSide } from './server-side.ts';
import { settingsOf } from './settings.ts';
import type { Transaction } from './transaction.ts';
import { TransactionTable } from './transaction-table.ts';
import { Upstream } from './upstream.ts';
import { variablesOf } from './variables.ts';

export { manifest };

const createModule: ModuleFactory = (host) => {
  const settings = settingsOf(host);
  const table = new TransactionTable(settings);
  const core: Core = { host, settings, table, counters: createCounters(host, settings) };
  const positions = new Positions();
  const timedOut = (transaction: Transaction, branch: Branch) => replies.timedOut(transaction, branch);
  const lost = (transaction: Transaction, branch: Branch) => replies.lost(transaction, branch);
  const client = new ClientSide(core, timedOut);
  const server = new ServerSide(core, (branch) => client.stop(branch));
  const upstream = new Upstream(core, server);
  const forwarder = new Forwarder(core, client, positions, lost);
  const failures = new FailureRoutes(core, positions, forwarder);
  const replies = new ReplyProcessor(core, { server, client, upstream, failures, positions });
  const requests = new Requests(core, { server, client, upstream, forwarder, replies, positions });
  const relay = new Relay(core, requests, positions);
  const ownRequests = new OwnRequests(core, forwarder, positions);
  const injection = new Injection(core, client, forwarder);
  const parts = { core, requests, relay, ownRequests, positions };

  host.statistics.gauge('inuse_transactions', () => table.size);
  host.onReply((run) => replies.receive(run));
  host.onRequestWaits((run) => requests.keep(run));
  host.onRequestDone((run) => requests.runDone(run));
  host.onConnectionGone((gone, opened) => loseBranches(gone, opened));

  /** Who has connected to this host cannot be reached any more when that connection is gone. */
  function loseBranches({ protocol, remoteAddress, remotePort }: Connection, opened: boolean): void {
    if (opened) return;
    const waiting = client.waitingFor({ protocol, address: remoteAddress, port: remotePort });
    for (const [branch, transaction] of [...(waiting ?? [])]) replies.lost(transaction, branch);
  }

  return {
    commands: {
      ...sendingCommands(parts),
      ...armingCommands(parts),
      ...askingCommands(parts),
      ...changingCommands(parts, client, injection),
    },
    variables: variablesOf(host, positions, settings),
    contexts: {
      request: (run) => {
        const { transaction } = positions.of(run);
        if (transaction) return inTransaction(transaction, run, transaction.request);
        host.log.error('tm_pv_context_request', 'No transaction found');
        return undefined;
      },
      reply: (run) => {
        const { transaction } = positions.of(run);
        const reply = transaction?.picked?.reply;
        if (transaction && reply && 'isRequest' in reply) return inTransaction(transaction, run, reply);
        if (!transaction) host.log.error('tm_pv_context_reply', 'No transaction found');
        return undefined;
      },
    },
    mi: managementOf(core, requests, ownRequests, client),
    api: apiOf(requests, ownRequests, positions),
    init() {
      host.log.info('mod_init', 'TM - initializing...');
    },
    destroy() {
      for (const transaction of [...table.all()]) server.remove(transaction);
    },
  };

  /** A run in which the variables of another message of the transaction are read. */
  function inTransaction(transaction: Transaction, run: ScriptRun, message: ScriptRun['message']): ScriptRun {
    const { avps, vars, storage } = run;
    const other = host.script.createRun(message, message.source ?? transaction.source, run.routeLetter, {
      avps,
      vars,
      storage,
    });
    positions.enter(other, transaction, undefined);
    return other;
  }
};

export default createModule;
