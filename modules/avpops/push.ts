import type {
  Command,
  ModuleHost,
  ScriptRun,
  ScriptValue,
  SipMessage,
  VariableReference,
} from '../../runtime/module-exports.ts';
import { flagsOf, partsOf, variableIn } from './read-arguments.ts';

type Host = Pick<ModuleHost, 'sip' | 'log'>;
/** False where the value is of no use there; `place` counts the values of one call from 0. */
type Push = (message: SipMessage, value: number | string, place: number) => boolean;

/**
 * avp_pushto("$ru/username", "$avp(x)/g"): a value into the Request-URI, a part of it, the next hop or a new branch.
 * The flag `g` takes all values of an AVP.
 */
export function pushCommand(host: Host): Command {
  return {
    prepare([target, source]) {
      const [targetText, part] = partsOf(target);
      const push = pushTo(host, variableIn(target, targetText).name, part?.toLowerCase());
      const [sourceText, flagText] = partsOf(source);
      const variable = variableIn(source, sourceText);
      const all = flagsOf(flagText, ['g']).g && variable.name === 'avp';
      return (run: ScriptRun) => {
        const values = valuesOf(run, variable, all);
        return values.length > 0 && values.every((value, place) => push(run.message, value ?? '', place));
      };
    },
  };
}

function valuesOf(run: ScriptRun, variable: VariableReference, all: boolean): readonly ScriptValue[] {
  if (all) return variable.getAll(run);
  const value = variable.get(run);
  return value === null && variable.name === 'avp' ? [] : [value];
}

/** Errors: for any other target. */
function pushTo(host: Host, name: string, part: string | undefined): Push {
  if (name === 'ru') return pushToRequestUri(host, part);
  if (name !== 'du' && name !== 'branch') {
    throw new TypeError(`unsupported destination "$${name}"; expected $ru, $du or $branch`);
  }
  if (part !== undefined) throw new TypeError(`unknown ${name} flag "${part}"!`);
  return name === 'du' ? pushToNextHop : pushToBranch(host);
}

/** A value behind the first one makes a branch of the URI that is there. */
function pushToRequestUri(host: Host, part: string | undefined): Push {
  const { uris } = host.sip;
  if (part !== undefined && part !== 'username' && part !== 'domain') {
    throw new TypeError(`unknown ruri flag "${part}"!`);
  }
  return (message, value, place) => {
    if (place > 0 && !addBranch(host, message, message.requestUri)) return false;
    const changed = changedUri(message.requestUri, String(value));
    if (changed === undefined) {
      host.log.error('ops_pushto_avp', `the Request-URI cannot be changed with <${value}>`);
      return false;
    }
    message.requestUri = changed;
    return true;
  };

  function changedUri(uri: string, text: string): string | undefined {
    if (part === 'username') return uris.withUser(uri, text);
    return part === 'domain' ? uris.withHost(uri, text) : text;
  }
}

function pushToNextHop(message: SipMessage, value: number | string): boolean {
  if (typeof value === 'number') return false;
  message.destinationUri = value;
  return true;
}

function pushToBranch(host: Host): Push {
  return (message, value) =>
    typeof value === 'string' && addBranch(host, message, value || message.requestUri, message.sendSocket);
}

function addBranch({ sip, log }: Host, ...branch: Parameters<Host['sip']['appendBranch']>): boolean {
  try {
    sip.appendBranch(...branch);
    return true;
  } catch (error) {
    log.error('ops_pushto_avp', error instanceof Error ? error.message : String(error));
    return false;
  }
}
