import type {
  Command,
  FoundCredentials,
  Logger,
  PreparedArgument,
  ScriptRun,
  ScriptValue,
  SipTools,
  VariableReference,
} from '../../runtime/module-exports.ts';
import type { Asked, Authorize, Ha1 } from './judge.ts';

interface VariableSettings {
  readonly authorize: Authorize;
  readonly sip: SipTools;
  readonly log: Logger;
  /** Variables as they are written in username_spec and password_spec. */
  readonly usernameSpec: string | undefined;
  readonly passwordSpec: string | undefined;
  readonly calculateHa1: boolean;
}

/** pv_www_authorize, pv_proxy_authorize: user and password, or its H(A1), are in variables of the script. */
export function variableCommand(settings: VariableSettings, header: FoundCredentials['header']): Command {
  return {
    prepare([realm]) {
      const user = variableOf(realm, 'username_spec', settings.usernameSpec);
      const password = variableOf(realm, 'password_spec', settings.passwordSpec);
      const ha1Of = (run: ScriptRun, asked: Asked) => ha1In(run, asked, user, password, settings);
      return (run) =>
        settings.authorize(run, String(realm?.evaluate(run) ?? ''), header, (asked) => ha1Of(run, asked));
    },
  };
}

/** Undefined without one. Errors: for what is no variable. */
function variableOf(
  argument: PreparedArgument | undefined,
  param: string,
  spec: string | undefined,
): VariableReference | undefined {
  if (!spec) return undefined;
  const variable = argument?.variableIn(spec);
  if (variable) return variable;
  throw new TypeError(`the parameter ${param} is no variable: ${spec}`);
}

/** Deviation: an empty password fits nothing; OpenSIPS takes it, also from a variable that a look-up has left empty. */
function ha1In(
  run: ScriptRun,
  { username, realm, algorithm }: Asked,
  userVariable: VariableReference | undefined,
  passwordVariable: VariableReference | undefined,
  { sip, log, calculateHa1 }: VariableSettings,
): Ha1 {
  if (!userVariable || !passwordVariable) {
    log.error('auth_get_ha1', 'pv_www_authorize() and its sister need username_spec and password_spec');
    return 'failed';
  }
  const user = textOf(userVariable.get(run));
  if (user === undefined) return 'failed';
  if (user.toLowerCase() !== username.toLowerCase()) return 'unknown';
  const password = passwordVariable.get(run);
  if (password === null) return 'failed';
  if (password === '') return { ha1: '' };
  return {
    ha1: calculateHa1 ? sip.digest.ha1(algorithm, username, realm, String(password)) : String(password),
  };
}

function textOf(value: ScriptValue): string | undefined {
  return value === null || value === '' ? undefined : String(value);
}
