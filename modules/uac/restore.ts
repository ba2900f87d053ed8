import type { Command, ScriptRun } from '../../runtime/module-exports.ts';
import { readNameAddress, writeNameAddress } from './name-address-parts.ts';
import type { ReplaceTools } from './replace.ts';

/** uac_restore_from, uac_restore_to. */
export function restoreCommand(name: 'From' | 'To', tools: ReplaceTools, used: () => void): Command {
  return {
    prepare() {
      used();
      return (run) => restore(run, name, tools);
    },
  };
}

/** restore_mode auto: both headers, and those of the replies to the request. */
export function restoreBoth(run: ScriptRun, tools: ReplaceTools): void {
  const isUpstream = tools.rr().isUpstream(run);
  for (const name of ['From', 'To'] as const) {
    if (restore(run, name, tools)) tools.repair().header(run, headerOf(name, isUpstream));
  }
}

/** The header that a parameter is about in a request of that direction. */
function headerOf(name: 'From' | 'To', isUpstream: boolean): 'From' | 'To' {
  return (name === 'From') === isUpstream ? 'To' : 'From';
}

/**
 * In a later request of a dialog: the header that holds the replaced URI, or the one in its place, gets the other of the
 * two. Requests to the caller have what was From in To. False where the Route brings no such parameter.
 * C: restore_uri.
 */
function restore(run: ScriptRun, name: 'From' | 'To', { log, code, params, rr }: ReplaceTools): boolean {
  const { message } = run;
  const kept = rr().routeParam(run, params[name]);
  if (!kept) return false;
  const isUpstream = rr().isUpstream(run);
  const header = headerOf(name, isUpstream);
  const index = message.findHeader(header);
  const parts = index < 0 ? undefined : readNameAddress(message.headerValue(index));
  const other = parts && code.decode(kept, isUpstream ? `<${parts.uri}>` : parts.uri);
  if (!parts || other === undefined) {
    log.error('restore_uri', `failed to decode the URI of ${header} in ${params[name]}`);
    return false;
  }
  const uri = other.replace(/^<(.*)>$/, '$1');
  message.edits.replace(index, `${message.headerName(index)}: ${writeNameAddress({ ...parts, uri })}\r\n`);
  return true;
}
