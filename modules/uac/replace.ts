import type { Command, Logger, ScriptRun, ScriptValue } from '../../runtime/module-exports.ts';
import { quoteDisplay, readNameAddress, writeNameAddress } from './name-address-parts.ts';
import type { RecordRouting } from './neighbours.ts';
import type { ReplyRepair } from './reply-repair.ts';
import type { UriCode } from './uri-code.ts';

/** URIs are kept in parameters of Record-Route up to this length, as in OpenSIPS. */
const maxUri = 1024;

export type RestoreMode = 'auto' | 'manual' | 'none';

export interface ReplaceTools {
  readonly log: Logger;
  readonly mode: RestoreMode;
  readonly code: UriCode;
  /** The parameter of Record-Route for each header. */
  readonly params: Readonly<Record<'From' | 'To', string>>;
  rr(): RecordRouting;
  repair(): ReplyRepair;
}

/** One parameter for each of the two headers of a request, and whether its main route has changed it. */
interface Replaced {
  param: { text: string } | undefined;
  inMainRoute: boolean;
}

const keys = { From: Symbol('From was replaced'), To: Symbol('To was replaced') } as const;

/** uac_replace_from, uac_replace_to: display name and URI; an argument that is left out leaves its part as it is. */
export function replaceCommand(name: 'From' | 'To', tools: ReplaceTools, used: () => void): Command {
  const caller = `w_replace_${name.toLowerCase()}`;
  return {
    prepare([first, second]) {
      used();
      if (!first?.given && !second?.given) throw new TypeError('a display name or a URI must be given');
      const [display, uri] = second?.given || !first ? [first, second] : [undefined, first];
      return (run) => {
        const shown = display?.given ? text(display.evaluate(run)) : undefined;
        return replace(run, name, shown, text(uri?.evaluate(run) ?? ''), tools, caller);
      };
    },
  };
}

function text(value: ScriptValue): string {
  return value === null ? '' : String(value);
}

function replace(
  run: ScriptRun,
  name: 'From' | 'To',
  display: string | undefined,
  uri: string,
  tools: ReplaceTools,
  caller: string,
): boolean {
  const { log, mode } = tools;
  const { message } = run;
  const index = message.findHeader(name);
  const parts = index < 0 ? undefined : readNameAddress(message.headerValue(index));
  if (!parts) {
    log.error(caller, `failed to find/parse ${name} hdr`);
    return false;
  }
  const failure = whyNot(run, name, `${display ?? ''}${uri}`, uri, tools);
  if (failure !== undefined) {
    log.error(caller, failure);
    return false;
  }
  const value = writeNameAddress({
    display: display === undefined ? parts.display : quoteDisplay(display),
    uri: uri === '' ? parts.uri : uri,
    params: parts.params,
  });
  message.edits.replace(index, `${message.headerName(index)}: ${value}\r\n`);
  const replaced = replacedOf(run, name);
  replaced.inMainRoute ||= run.routeLetter === 'R' && run.routeStack.length === 1;
  if (uri === '' || mode === 'none') return true;
  const param = `;${tools.params[name]}=${tools.code.encode(parts.uri, `<${uri}>`)}`;
  if (replaced.param) replaced.param.text = param;
  else replaced.param = tools.rr().addParam(run, param);
  tools.repair().header(run, name);
  return true;
}

function replacedOf({ storage }: ScriptRun, name: 'From' | 'To'): Replaced {
  const known = storage.get(keys[name]) as Replaced | undefined;
  if (known) return known;
  const fresh: Replaced = { param: undefined, inMainRoute: false };
  storage.set(keys[name], fresh);
  return fresh;
}

/** Why a header cannot be replaced; undefined where it can. */
function whyNot(
  run: ScriptRun,
  name: 'From' | 'To',
  written: string,
  uri: string,
  { mode }: ReplaceTools,
): string | undefined {
  if (/[\r\n\0]/.test(written) || /[<>"\s]/.test(uri)) return 'what is to be written would not be a header';
  if (replacedOf(run, name).inMainRoute) {
    return `scripting bug: uac_replace_${name.toLowerCase()}() already called!`;
  }
  if (uri === '') return undefined;
  if (uri.length > maxUri - 2) return `new ${name} uri too long`;
  const isSequential = run.message.to?.tag !== undefined;
  return mode === 'auto' && isSequential
    ? 'decline FROM/TO replacing in sequential request in auto mode (has TO tag)'
    : undefined;
}
