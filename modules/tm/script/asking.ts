import type { Command, MessageBranch, PreparedArgument, ScriptRun } from '../../../runtime/module-exports.ts';
import { isMessage } from '../upstream.ts';
import type { ScriptParts } from './sending.ts';

/** Questions about the transaction. */
export function askingCommands({
  core,
  requests,
  positions,
}: ScriptParts): Readonly<Record<string, Command>> {
  const { log } = core.host;

  /** The code that t_check_status() is asked about; undefined where there is none. */
  const statusOf = (run: ScriptRun): number | undefined => {
    const { transaction } = positions.of(run);
    if (!transaction) {
      log.error(
        't_check_status',
        'cannot check status for a reply which has no transaction-state established',
      );
      return undefined;
    }
    if (run.routeLetter === 'R') return transaction.status;
    if (run.routeLetter === 'O') return run.message.statusCode;
    if (run.routeLetter === 'F') return transaction.picked?.lastReceived;
    log.error('t_check_status', `unsupported route_type ${run.routeLetter}`);
    return undefined;
  };

  return {
    t_check_trans: (run) => {
      const { message } = run;
      if (message.method === 'CANCEL') return core.table.ofCancel(message) !== undefined;
      const position = positions.of(run);
      if (position.transaction) return true;
      if (message.method !== 'ACK') return requests.absorb(run) ? 0 : -1;
      const failed = core.table.ofRequest(message);
      if (failed && failed.status >= 300) {
        position.transaction = failed;
        return 1;
      }
      return core.table.ofAck(message) ? -2 : -1;
    },
    t_check_status: {
      prepare([expression]) {
        const { constant } = expression ?? {};
        const compile = (text: string) => core.host.pattern(text);
        const fixed = typeof constant === 'string' ? compile(constant) : undefined;
        return (run) => {
          const status = statusOf(run);
          if (status === undefined) return false;
          const matches = fixed ?? compile(String(expression?.evaluate(run) ?? ''));
          return matches(String(status));
        };
      },
    },
    t_local_replied: {
      prepare([kind]) {
        const which = kindOf(kind);
        return (run) => {
          const { transaction } = positions.of(run);
          if (!transaction) {
            log.error('t_local_replied', 'no trasaction created');
            return false;
          }
          const { picked } = transaction;
          if (which === 'all') return transaction.current.every(({ hasReply }) => !hasReply);
          if (run.routeLetter !== 'F') return which === 'last' && transaction.repliedHere;
          if (!picked) return false;
          if (which === 'branch') return !picked.hasReply;
          return picked.reply !== undefined && !isMessage(picked.reply);
        };
      },
    },
    t_was_cancelled: (run) => {
      const { transaction } = positions.of(run);
      if (transaction) return transaction.cancelled;
      log.error('t_was_cancelled', 'failed to check cancel flag for a reply without a transaction');
      return false;
    },
    t_get_branch_idx_by_attr: {
      prepare([name, text, number, result, first]) {
        return (run) => {
          const { transaction } = positions.of(run);
          if (!transaction) return -2;
          const attribute = String(name?.evaluate(run) ?? '');
          const wanted = wantedValue(run, text, number);
          const from = first?.given ? Number(first.evaluate(run) ?? 0) : 0;
          const found = transaction.branches.find(
            ({ index, message }) => index >= from && hasAttribute(message, attribute, wanted),
          );
          if (result?.given) result.assign(run, found?.index ?? null);
          return found !== undefined;
        };
      },
    },
  };
}

/** Only the beginning of the word counts (C: fixup_local_replied). Errors at the start: another word. */
function kindOf(argument: PreparedArgument | undefined): 'all' | 'branch' | 'last' {
  const text = String(argument?.constant ?? '').toLowerCase();
  for (const kind of ['all', 'branch', 'last'] as const) if (text.startsWith(kind)) return kind;
  throw new Error(`invalid param "${argument?.constant ?? ''}"`);
}

function wantedValue(
  run: ScriptRun,
  text: PreparedArgument | undefined,
  number: PreparedArgument | undefined,
): string | number | null | undefined {
  if (text?.given) return text.evaluate(run);
  return number?.given ? number.evaluate(run) : undefined;
}

function hasAttribute(
  { branchAttributes }: { readonly branchAttributes: MessageBranch['attributes'] },
  name: string,
  wanted: string | number | null | undefined,
): boolean {
  if (!branchAttributes.has(name)) return false;
  return wanted === undefined || branchAttributes.get(name) === wanted;
}
