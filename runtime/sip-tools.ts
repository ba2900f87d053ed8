import type { HostGlobals, ScriptRun, SipTools } from './module-exports.ts';
import { buildReply } from './sip/build-reply.ts';
import { createStatelessTag } from './sip/stateless-tag.ts';
import { createUriTools } from './sip/uri-tools.ts';

/** The SIP part of what modules are handed, with the Server line of this host and a secret of its own. */
export function createSipTools(globals: HostGlobals): SipTools {
  const server = globals.serverHeader === undefined ? {} : { serverHeader: globals.serverHeader };
  return {
    buildReply: (request, code, reason, options) =>
      buildReply(request, code, reason, options === undefined ? server : { ...options, ...server }),
    sendReply(run: ScriptRun, code, reason, options) {
      const { message, source } = run;
      return source.send(buildReply(message, code, reason, { ...options, ...server, source }));
    },
    statelessTag: createStatelessTag(),
    uris: createUriTools(),
  };
}
