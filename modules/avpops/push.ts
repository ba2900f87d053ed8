import type { Command, ModuleHost, ScriptRun, SipMessage } from '../../runtime/module-exports.ts';
import { flagsOf, partsOf, variableIn } from './read-arguments.ts';

type Host = Pick<ModuleHost, 'sip' | 'log'>;
type Push = (message: SipMessage, text: string) => boolean;

/** avp_pushto("$ru/username", "$avp(x)"): a value into the Request-URI, a part of it, or the next hop. */
export function pushCommand(host: Host): Command {
  return {
    prepare([target, source]) {
      const [targetText, part] = partsOf(target);
      const push = pushTo(host, variableIn(target, targetText).name, part?.toLowerCase());
      const [sourceText, flagText] = partsOf(source);
      const variable = variableIn(source, sourceText);
      if (flagsOf(flagText, ['g']).g)
        throw new TypeError('the flag g makes branches, and these are not here yet');
      return (run: ScriptRun) => {
        const value = variable.get(run);
        if (value === null && variable.name === 'avp') return false;
        return push(run.message, String(value ?? ''));
      };
    },
  };
}

/** Errors: for any other target. */
function pushTo({ sip: { uris }, log }: Host, name: string, part: string | undefined): Push {
  if (name === 'du' && part === undefined) {
    return (message, text) => {
      message.destinationUri = text;
      return true;
    };
  }
  if (name === 'br') throw new TypeError('$br makes a branch, and these are not here yet');
  if (name !== 'ru') throw new TypeError(`unsupported destination "$${name}"; expected $ru,$du,$br`);
  if (part !== undefined && part !== 'username' && part !== 'domain') {
    throw new TypeError(`unknown ruri flag "${part}"!`);
  }
  return (message, text) => {
    const changed = changedUri(message.requestUri, text);
    if (changed === undefined) {
      log.error('ops_pushto_avp', `the Request-URI cannot be changed with <${text}>`);
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
