import type { HostGlobals, ReplyOptions, ScriptRun, SipMessage, SipTools } from './module-exports.ts';
import { appendBranch, contactsOf, newBranch } from './sip/branches.ts';
import { printReply } from './sip/build-reply.ts';
import { digestTools } from './sip/digest-hash.ts';
import { parseMessage } from './sip/message.ts';
import { printForwardedReply, printForwardedRequest } from './sip/print-forwarded.ts';
import { printMessage } from './sip/print-message.ts';
import { ReceivedMessage } from './sip/received-message.ts';
import { replyPort } from './sip/reply-port.ts';
import { statelessBranch } from './sip/stateless-branch.ts';
import { createStatelessTag } from './sip/stateless-tag.ts';
import { createUriTools } from './sip/uri-tools.ts';
import { changeUri } from './variables/uri-edit.ts';

const noOptions: ReplyOptions = {};

/** The SIP part of what modules are handed, with the Server line of this host and a secret of its own. */
export function createSipTools({ serverHeader }: Pick<HostGlobals, 'serverHeader'>): SipTools {
  const serverLine = serverHeader === undefined ? '' : `${serverHeader}\r\n`;
  return {
    buildReply: (request, code, reason, options = noOptions) =>
      printReply(request, code, reason, options, request.source, serverLine),
    sendReply({ message, source }: ScriptRun, code, reason, options = noOptions) {
      return source.send(
        printReply(message, code, reason, options, source, serverLine),
        replyPort(message, source),
      );
    },
    contactsOf,
    appendBranch: (request, uri, sendSocket) => appendBranch(request, { ...newBranch(uri), sendSocket }),
    parse: (text, source) => parseMessage(text, source),
    copy: copyOf,
    printRequest(request, via, way) {
      if (!request.source) throw new TypeError('a request that came from nowhere goes on to nobody');
      return printForwardedRequest(request, via, request.source, way);
    },
    print: (message) => printMessage(message),
    printReply: printForwardedReply,
    statelessBranch,
    statelessTag: createStatelessTag(),
    uris: {
      ...createUriTools(),
      withUser: (uri, user) => changeUri(uri, { part: 'user', text: user }),
      withHost: (uri, host) => changeUri(uri, { part: 'host', text: host }),
    },
    digest: digestTools,
  };
}

function copyOf(message: SipMessage): SipMessage {
  if (!(message instanceof ReceivedMessage)) throw new TypeError('not a message of parseMessage');
  return message.copy();
}
