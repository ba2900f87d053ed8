import type { Manifest, ModuleFactory, ScriptRun, SipMessage } from '../../runtime/module-exports.ts';

export const manifest = {
  name: 'signaling',
  description: 'Replies that are stateful where a transaction stands, else stateless.',
  dependencies: [
    { module: 'tm', missing: 'silent' },
    // Deviation: silent in OpenSIPS, where tm alone is enough; tsips has no tm yet, so it is sl that answers.
    { module: 'sl', missing: 'abort' },
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
interface Replies {
  reply(run: ScriptRun, code: number, reason: string): boolean;
  toTag(request: SipMessage): string;
}

/** What signaling offers to other modules. */
interface SignalingApi {
  /** False where the reply cannot be sent. */
  reply(run: ScriptRun, code: number, reason: string): boolean;
}

const createModule: ModuleFactory = (host) => {
  const { log } = host;
  let stateless: Replies | undefined;
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
              return stateless?.reply(run, status, String(reason?.evaluate(run) ?? '')) ?? false;
            }
            log.error('sig_send_reply', `wrong code: ${status}, allowed values: 1xx - 6xx only!`);
            return false;
          };
        },
      },
    },
    variables: {
      sig_local_totag: {
        get: ({ message }) => (message.isRequest ? (stateless?.toTag(message) ?? null) : null),
      },
    },
    api: {
      reply: (run, code, reason) => stateless?.reply(run, code, reason) ?? false,
    } satisfies SignalingApi,
    init() {
      log.notice('mod_init', 'initializing module ...');
      stateless = host.bind<Replies>('sl');
    },
  };
};

export default createModule;

function isReplyCode(code: number): boolean {
  return code >= 100 && code <= 699;
}
