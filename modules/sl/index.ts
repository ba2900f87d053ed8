import type {
  Command,
  CommandResult,
  ModuleFactory,
  ScriptRun,
  SipMessage,
} from '../../runtime/module-exports.ts';
import { manifest } from './manifest.ts';
import { createReplyCounters } from './reply-counters.ts';

export { manifest };

/** What other modules get by `host.bind<StatelessReplies>('sl')`. */
interface StatelessReplies {
  /** False where the reply could not be sent. An ACK is never answered: true, and nothing is sent. */
  reply(run: ScriptRun, code: number, reason: string): boolean;
  /** The To-tag that such a reply to this request has. */
  toTag(request: SipMessage): string;
}

/** The reason of sl_reply_error where the core told of no error (error.c: E_UNSPEC is -1). */
const unknownError = 'Server error occurred (1/SL)';

const createModule: ModuleFactory = (host) => {
  const { log, sip } = host;
  const counters = createReplyCounters(host.statistics, host.params.enable_stats !== 0);
  let repliesSent = false;

  const reply = (run: ScriptRun, code: number, reason: string): boolean => {
    const { message } = run;
    if (message.method === 'ACK') return true;
    const contact = code >= 300 && code < 400 ? sip.contactsOf(message) : undefined;
    const toTag = sip.statelessTag(message);
    const options = contact === undefined ? { toTag } : { toTag, headers: `${contact}\r\n` };
    if (!sip.sendReply(run, code, oneLine(reason), options)) {
      log.error('sl_send_reply_helper', `the reply ${code} cannot be sent${peerOf(run)}`);
      return false;
    }
    repliesSent = true;
    counters.sent(code);
    return true;
  };

  host.onRequest((message) => {
    if (message.method !== 'ACK' || !repliesSent) return false;
    if (message.to?.tag !== sip.statelessTag(message)) return false;
    counters.acknowledged();
    return true;
  });

  return {
    commands: {
      sl_send_reply: sendReply(reply, (run, code) =>
        log.error('sl_send_reply', `wrong code: ${code}, allowed values: 1xx - 6xx only!${peerOf(run)}`),
      ),
      sl_reply_error: (run) => {
        const { replyCode, replyReason } = run.error ?? { replyCode: 500, replyReason: unknownError };
        const sent = reply(run, replyCode, replyReason);
        if (sent) counters.errorSent();
        return sent;
      },
    },
    api: { reply, toTag: sip.statelessTag } satisfies StatelessReplies,
    init() {
      log.info('mod_init', 'Initializing StateLess engine');
    },
  };
};

export default createModule;

/** A code that is written in the script is judged at the start, as OpenSIPS does; another one at each call. */
function sendReply(
  reply: StatelessReplies['reply'],
  refuse: (run: ScriptRun, code: string) => void,
): Command {
  return {
    prepare([code, reason]) {
      if (typeof code?.constant === 'number' && !isReplyCode(code.constant)) {
        throw new RangeError(`wrong code: ${code.constant}, allowed values: 1xx - 6xx only!`);
      }
      return (run): CommandResult => {
        const status = code?.evaluate(run);
        if (typeof status === 'number' && isReplyCode(status)) {
          return reply(run, status, String(reason?.evaluate(run) ?? ''));
        }
        refuse(run, String(status));
        return false;
      };
    },
  };
}

function isReplyCode(code: number): boolean {
  return code >= 100 && code <= 699;
}

const lineEnds = /[\r\n\0]/;

/** A reason with a line end would be a header of somebody else's making. */
function oneLine(reason: string): string {
  return lineEnds.test(reason) ? reason.replace(/[\r\n\0]+/g, ' ') : reason;
}

function peerOf({ source }: ScriptRun): string {
  const host = source.remoteAddress.includes(':') ? `[${source.remoteAddress}]` : source.remoteAddress;
  return ` [${host}:${source.remotePort}]`;
}
