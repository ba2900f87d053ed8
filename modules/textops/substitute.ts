import type {
  Command,
  ModuleHost,
  PreparedArgument,
  ScriptRun,
  Substitution,
} from '../../runtime/module-exports.ts';
import type { RegionOf } from './regions.ts';

type Host = Pick<ModuleHost, 'substitution' | 'log' | 'sip' | 'routing'>;

/** subst and subst_body. */
export function substituteIn(host: Host, regionOf: RegionOf): Command {
  return substituting(host, (run, substitution) => {
    const region = regionOf(run.message);
    const made = region && substitution.replacements(region.text, run);
    if (region && made === undefined) complain(host);
    if (!region || !made || made.length === 0) return false;
    for (const { start, end, text } of made) {
      run.message.edits.splice(region.start + start, region.start + end, text);
    }
    return true;
  });
}

export function substituteUri(host: Host): Command {
  return substituting(host, (run, substitution) => {
    const changed = substitution.apply(run.message.requestUri, run);
    if (changed === undefined) return false;
    run.message.requestUri = changed;
    return true;
  });
}

export function substituteUser(host: Host): Command {
  return substituting(host, (run, substitution) => {
    const { message } = run;
    const user = host.routing.uri(message.requestUri)?.user;
    const changed = user === undefined ? undefined : substitution.apply(user, run);
    const uri = changed === undefined ? undefined : host.sip.uris.withUser(message.requestUri, changed);
    if (uri === undefined) return false;
    message.requestUri = uri;
    return true;
  });
}

/** Errors at the start: an expression that cannot be used. */
function substituting(
  host: Host,
  substitute: (run: ScriptRun, substitution: Substitution) => boolean,
): Command {
  return {
    prepare([expression]) {
      const substitution = prepared(host, expression);
      return (run) => substitute(run, substitution);
    },
  };
}

function prepared(host: Host, argument: PreparedArgument | undefined): Substitution {
  if (typeof argument?.constant !== 'string') throw new TypeError('the expression must stand in the script');
  return host.substitution(argument.constant, argument);
}

function complain({ log }: Host): void {
  log.error('subst_run', 'matched string is empty... invalid regexp?');
}
