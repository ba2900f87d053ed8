import type { Command } from '../../../runtime/module-exports.ts';
import type { ClientSide } from '../client-side.ts';
import type { Injection } from '../injection.ts';
import type { ScriptParts } from './sending.ts';

/** Functions that change the transaction. */
export function changingCommands(
  { core, positions }: ScriptParts,
  client: ClientSide,
  injection: Injection,
): Readonly<Record<string, Command>> {
  const { log } = core.host;
  return {
    t_cancel_branch: {
      prepare([flags]) {
        const which = cancelFlag(flags?.given ? String(flags.constant ?? '') : '');
        return (run) => {
          const { transaction, branch } = positions.of(run);
          if (!transaction) {
            log.error('t_cancel_branch', 'cannot cancel a reply with no transaction');
            return false;
          }
          if (!transaction.isInvite) return false;
          const isFinal = run.message.statusCode >= 200;
          const pending = client.cancellable(transaction);
          const others = pending.filter((each) => each !== branch);
          if (which === 'others') client.cancelAll(transaction, others, undefined);
          else if (which === 'all') client.cancelAll(transaction, isFinal ? others : pending, undefined);
          else if (branch && !isFinal) {
            branch.lastReceived ||= run.message.statusCode;
            client.cancel(transaction, branch, undefined);
          }
          return true;
        };
      },
    },
    t_flush_flags: (run) => {
      const { transaction } = positions.of(run);
      if (!transaction) {
        log.error(
          't_flush_flags',
          'failed to flush flags for a message which has no transaction-state established',
        );
        return false;
      }
      transaction.request.flags = run.message.flags;
      return true;
    },
    t_add_hdrs: (run, lines) => {
      const { transaction } = positions.of(run);
      if (!transaction) return false;
      transaction.extraHeaders = String(lines ?? '');
      return true;
    },
    t_add_cancel_reason: (run, reason) => {
      positions.of(run).cancelReason = String(reason ?? '');
      return true;
    },
    t_inject_branches: {
      prepare([source, flags]) {
        const from = String(source?.constant ?? '').toLowerCase();
        if (from !== 'msg' && from !== 'event') throw new Error(`unsupported source of branches '${from}'`);
        const text = flags?.given ? String(flags.constant ?? '') : '';
        const cancels = text === 'cancel' || (text !== 'last' && text.includes('c'));
        const isLast = text === 'last' || (text !== 'cancel' && text.includes('l'));
        return (run) => {
          const { transaction } = positions.of(run);
          if (!transaction) return false;
          return injection.inject(transaction, run, { fromEvent: from === 'event', cancels, isLast });
        };
      },
    },
    t_wait_for_new_branches: (run, count) => {
      const { transaction } = positions.of(run);
      if (!transaction) return false;
      if (run.message.method !== 'INVITE') {
        log.error('t_wait_for_new_branches', 'this function is intended to be used for INVITEs ONLY!!');
        return false;
      }
      return injection.wait(transaction, typeof count === 'number' ? count : undefined);
    },
    t_wait_no_more_branches: (run) => {
      const { transaction } = positions.of(run);
      return transaction !== undefined && injection.waitNoMore(transaction, 0);
    },
    t_anycast_replicate: () => -1,
  };
}

/** Errors at the start: another letter. */
function cancelFlag(text: string): 'this' | 'all' | 'others' {
  let which: 'this' | 'all' | 'others' = 'this';
  for (const letter of text.toLowerCase()) {
    if (letter === 'a') which = 'all';
    else if (letter === 'o') which = 'others';
    else throw new Error(`unsupported flag '${letter}'`);
  }
  return which;
}
