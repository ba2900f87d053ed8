import type {
  Command,
  Counter,
  FoundCredentials,
  MaybePromise,
  ModuleHost,
  PreparedArgument,
  ScriptRun,
} from '../../runtime/module-exports.ts';
import { type Account, type Accounts, afterwards, databaseOf, usesUriTable } from './accounts.ts';

/** What the functions answer (C: db_checks.c). */
const answers = {
  yes: 1,
  internal: -1,
  noCredentials: -2,
  noText: -3,
  noUser: -4,
  noRow: -5,
  query: -8,
  spoofed: -9,
  noMatch: -10,
} as const;

export interface AccountTools {
  accounts(): Accounts | undefined;
  readonly positive: () => Counter;
  readonly negative: () => Counter;
}

/** Questions about users: whether they are those of the credentials, and whether there are such ones. */
export function accountCommands(host: ModuleHost, tools: AccountTools): Readonly<Record<string, Command>> {
  return {
    is_user: (run, name) => isUser(run, String(name), host),
    db_check_to: check(host, tools, 'to'),
    db_check_from: check(host, tools, 'from'),
    db_does_uri_exist: {
      prepare() {
        if (databaseOf(host) === '') throw new TypeError(noDatabase);
        return (run) => doesUriExist(run, host, tools);
      },
    },
    db_get_auth_id: {
      prepare([uri, user, realm]) {
        if (databaseOf(host) === '') throw new TypeError(noDatabase);
        return (run) => authId(run, String(uri?.evaluate(run) ?? ''), [user, realm], host, tools);
      },
    },
  };
}

const noDatabase = 'configuration error - no database URL is configured!';

/** Those of the last www_authorize or proxy_authorize that went well. */
function credentialsOf(run: ScriptRun, { sip: { digest } }: ModuleHost): FoundCredentials | undefined {
  const found = [digest.found(run, 'Authorization'), digest.found(run, 'Proxy-Authorization')];
  return found.find((each) => each?.accepted);
}

/** `alice@example.com` of credentials: the user, and the realm where it has none of its own. */
function userOf({ fields }: FoundCredentials): readonly [user: string, realm: string] {
  const [user = '', domain = fields.get('realm') ?? ''] = (fields.get('username') ?? '').split(/@(.*)/s);
  return [user, domain];
}

function isUser(run: ScriptRun, name: string, host: ModuleHost): boolean {
  const credentials = credentialsOf(run, host);
  if (credentials) return userOf(credentials)[0] === name;
  host.log.error('is_user', 'no authorized credentials found (error in scripts)');
  host.log.error('is_user', 'Call {www,proxy}_authorize before calling is_user function !');
  return false;
}

/** The user of From or To is that of the credentials, or one that this may call itself. */
function check(host: ModuleHost, tools: AccountTools, which: 'to' | 'from'): Command {
  return {
    prepare() {
      if (usesUriTable(host) && databaseOf(host) === '') throw new TypeError(noDatabase);
      return (run) => {
        const answer = checkUser(run, which, host, tools);
        return afterwards(answer, (code) => {
          if (code === answers.yes) tools.positive().value++;
          else if (counted.has(code)) tools.negative().value++;
          return code;
        });
      };
    },
  };
}

const counted: ReadonlySet<number> = new Set([answers.noCredentials, answers.spoofed, answers.noMatch]);

function checkUser(
  run: ScriptRun,
  which: 'to' | 'from',
  host: ModuleHost,
  tools: AccountTools,
): MaybePromise<number> {
  const { log, routing } = host;
  const uri = routing.uri((which === 'to' ? run.message.to : run.message.from)?.uri ?? '');
  if (!uri) {
    log.error(`check_${which}`, `Error while parsing ${which === 'to' ? 'To' : 'From'} header URI`);
    return answers.internal;
  }
  const credentials = credentialsOf(run, host);
  if (!credentials) {
    log.error('check_username', 'No authorized credentials found (error in scripts)');
    log.error('check_username', 'Call {www,proxy}_authorize before calling check_* functions!');
    return answers.noCredentials;
  }
  if (uri.user === '') {
    log.error('check_username', 'Username not found in URI');
    return answers.noUser;
  }
  const [user, realm] = userOf(credentials);
  const accounts = tools.accounts();
  if (!usesUriTable(host)) {
    return uri.user.toLowerCase() === user.toLowerCase() ? answers.yes : answers.noMatch;
  }
  return asking(
    host,
    answers.query,
    () => accounts?.mayBe(user, realm, uri.user) ?? false,
    (may) => (may ? answers.yes : answers.spoofed),
  );
}

function doesUriExist({ message }: ScriptRun, host: ModuleHost, tools: AccountTools): MaybePromise<number> {
  const uri = host.routing.uri(message.requestUri);
  if (!uri) {
    host.log.error('does_uri_exist', 'Error while parsing URI');
    return answers.internal;
  }
  return asking(
    host,
    answers.noUser,
    () => tools.accounts()?.of(uri.user, uri.host) ?? [],
    (rows) => (rows.length > 0 ? answers.yes : answers.noRow),
  );
}

function authId(
  run: ScriptRun,
  text: string,
  results: readonly (PreparedArgument | undefined)[],
  host: ModuleHost,
  tools: AccountTools,
): MaybePromise<number> {
  const { log, routing } = host;
  const uri = routing.uri(text);
  if (!uri) {
    log.error('get_auth_id', `First parameter must be a URI with username (val = '${text}').`);
    return answers.internal;
  }
  return asking(
    host,
    answers.query,
    () => tools.accounts()?.of(uri.user, uri.host) ?? [],
    (rows) => {
      const [row] = rows;
      if (!row) return answers.noUser;
      if (rows.length > 1) {
        const hint = "Consider setting the 'use_domain' param.";
        log.warning('get_auth_id', `Multiple entries are matching the given uri. ${hint}`);
      }
      return assignBoth(run, row, results, host);
    },
  );
}

function assignBoth(
  run: ScriptRun,
  { username, domain }: Account,
  [user, realm]: readonly (PreparedArgument | undefined)[],
  { log }: ModuleHost,
): number {
  if (typeof username !== 'string' || typeof domain !== 'string') {
    log.error('get_auth_id', 'a column of the user or of its domain is not of type string.');
    return answers.noText;
  }
  user?.assign(run, username);
  realm?.assign(run, domain);
  return answers.yes;
}

/** Asks the database; what it throws is told and answered by a code. */
function asking<T>(
  { log }: ModuleHost,
  failed: number,
  question: () => MaybePromise<T>,
  goOn: (answer: T) => number,
): MaybePromise<number> {
  const fail = (error: unknown) => {
    log.error(
      'db_checks',
      `Error while querying database: ${error instanceof Error ? error.message : error}`,
    );
    return failed;
  };
  try {
    const answer = question();
    return answer instanceof Promise ? answer.then(goOn).catch(fail) : goOn(answer);
  } catch (error) {
    return fail(error);
  }
}
