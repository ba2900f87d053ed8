import type { Manifest, ModuleFactory, ScriptRun, SipMessage } from '../../runtime/module-exports.ts';

export const manifest = {
  name: 'signaling',
  description: 'Replies that are stateful where a transaction stands, else stateless.',
  dependencies: [
    { module: 'tm', missing: 'silent' },
    { module: 'sl', missing: 'silent' },
  ],
  commands: {
    send_reply: {
      params: ['i', 's'],
      paramNames: ['code', 'reason'],
      routes: ['R', 'F', 'E'],
      description: 'Answers the request; the code is 100 to 699.',
    },
  },
  variables: {
    sig_local_totag: {
      description: 'The To-tag that a reply of send_reply to this request has.',
      since: '3.1',
    },
  },
  api: 'Answers requests for other modules.',
} as const satisfies Manifest;

/** What sl offers; structurally the type of its api. */
interface StatelessReplies {
  reply(run: ScriptRun, code: number, reason: string): boolean;
  toTag(request: SipMessage): string;
}

/** What tm offers of it. */
interface TransactionReplies {
  transactionOf(run: ScriptRun): object | undefined;
  reply(run: ScriptRun, code: number, reason: string): boolean;
  toTag(run: ScriptRun): string | undefined;
}

/** What signaling offers to other modules. */
interface SignalingApi {
  /** False where the reply cannot be sent. Lines for it stand in `run.message.edits.replyLines`. */
  reply(run: ScriptRun, code: number, reason: string): boolean;
}

const createModule: ModuleFactory = (host) => {
  const { log } = host;
  let stateless: StatelessReplies | undefined;
  let transactions: TransactionReplies | undefined;

  /** C: sig_send_reply_mod: by the transaction where there is one, or where nothing else can answer. */
  const reply = (run: ScriptRun, code: number, reason: string): boolean => {
    if (transactions && (!stateless || transactions.transactionOf(run))) {
      return transactions.reply(run, code, reason);
    }
    return stateless?.reply(run, code, reason) ?? false;
  };

  return {
    commands: {
      send_reply: {
        prepare([code, reason]) {
          if (typeof code?.constant === 'number' && !isReplyCode(code.constant)) {
            throw new RangeError(`wrong code: ${code.constant}, allowed values: 1xx - 6xx only!`);
          }
          return (run) => {
            const status = code?.evaluate(run);
            if (typeof status === 'number' && isReplyCode(status)) {
              return reply(run, status, String(reason?.evaluate(run) ?? ''));
            }
            log.error('sig_send_reply', `wrong code: ${status}, allowed values: 1xx - 6xx only!`);
            return false;
          };
        },
      },
    },
    variables: {
      sig_local_totag: {
        get: (run) =>
          run.message.isRequest ? (transactions?.toTag(run) ?? stateless?.toTag(run.message) ?? null) : null,
      },
    },
    api: { reply } satisfies SignalingApi,
    init() {
      log.notice('mod_init', 'initializing module ...');
      transactions = host.bindIfLoaded<TransactionReplies>('tm');
      stateless = host.bindIfLoaded<StatelessReplies>('sl');
      if (!transactions && !stateless) {
        throw new Error('neither tm nor sl is loaded: load one of them, replies are sent by it');
      }
    },
  };
};

export default createModule;

function isReplyCode(code: number): boolean {
  return code >= 100 && code <= 699;
}
