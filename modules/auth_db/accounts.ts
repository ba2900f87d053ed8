import type {
  Database,
  DigestAlgorithm,
  Logger,
  MaybePromise,
  ModuleHost,
  ScriptRun,
  SipTools,
  SqlCondition,
  SqlRow,
} from '../../runtime/module-exports.ts';
import { type LoadedColumn, readLoadCredentials } from './credentials-list.ts';
import { ask, reasonOf } from './maybe.ts';
import { isBefore32 } from './table-versions.ts';

/** Credentials that are judged; what auth asks of modules that know passwords. */
export interface Asked {
  readonly realm: string;
  readonly username: string;
  readonly algorithm: DigestAlgorithm;
}
export type Ha1 = { readonly ha1: string } | 'unknown' | 'failed';

/** What the parameters say of the table of accounts. */
export interface AccountSettings {
  readonly userColumn: string;
  readonly domainColumn: string;
  readonly useDomain: boolean;
  readonly calculateHa1: boolean;
  /** Up to 3.1: where the user comes with a domain. */
  readonly passwordColumn2: string | undefined;
  readonly columns: Readonly<Record<'MD5' | 'SHA-256' | 'SHA-512-256', string>>;
  readonly loaded: readonly LoadedColumn[];
}

/** Errors: load_credentials cannot be read. */
export function readAccountSettings({ params, version }: ModuleHost): AccountSettings {
  const text = (name: string) => String(params[name] ?? '');
  const isOld = isBefore32(version);
  const isNew = Number(version.split('.')[0]) >= 4;
  return {
    userColumn: text('user_column'),
    domainColumn: text('domain_column'),
    useDomain: Number(params.use_domain ?? (isNew ? 1 : 0)) === 1,
    calculateHa1: params.calculate_ha1 === 1,
    passwordColumn2: isOld ? text('password_column_2') : undefined,
    columns: {
      MD5: text('password_column'),
      'SHA-256': text('hash_column_sha256'),
      'SHA-512-256': text('hash_column_sha512t256'),
    },
    loaded: readLoadCredentials(String(params.load_credentials ?? (isNew ? '' : 'rpid'))),
  };
}

/** The user of credentials, and the domain where it comes with one: `alice@example.com`. */
export function splitUser(username: string): { readonly user: string; readonly domain: string | undefined } {
  const at = username.indexOf('@');
  if (at < 0) return { user: username, domain: undefined };
  return { user: username.slice(0, at), domain: username.slice(at + 1) || undefined };
}

export interface Account {
  readonly ha1: Ha1;
  readonly row: SqlRow | undefined;
}

/** Looks the account of credentials up. */
export function findAccount(
  database: Database,
  table: string,
  asked: Asked,
  settings: AccountSettings,
  { sip, log }: Pick<ModuleHost, 'sip' | 'log'>,
): MaybePromise<Account> {
  const { user, domain } = splitUser(asked.username);
  const { userColumn, domainColumn, useDomain, loaded } = settings;
  const column = passwordColumnOf(asked.algorithm, domain, settings);
  const where: SqlCondition[] = [{ column: userColumn, operator: '=', value: user }];
  if (useDomain) where.push({ column: domainColumn, operator: '=', value: domain ?? asked.realm });
  const columns = [...new Set([column, ...loaded.map((each) => each.column)])];
  return ask(
    () => database.select(table, columns, where),
    ([row]): Account => ({ ha1: row ? ha1Of(row[column], asked, settings, { sip, log }) : 'unknown', row }),
    (error) => {
      log.error('get_ha1', `failed to query database: ${reasonOf(error)}`);
      return { ha1: 'failed', row: undefined };
    },
  );
}

function passwordColumnOf(
  algorithm: DigestAlgorithm,
  domain: string | undefined,
  { calculateHa1, passwordColumn2, columns }: AccountSettings,
): string {
  if (calculateHa1) return columns.MD5;
  if (domain !== undefined && passwordColumn2 !== undefined) return passwordColumn2;
  const hash = algorithm.replace('-sess', '');
  return hash === 'SHA-256' || hash === 'SHA-512-256' ? columns[hash] : columns.MD5;
}

/** Deviation: an empty password is none and fits nothing; OpenSIPS takes it, and the standard table begins with it. */
function ha1Of(
  stored: SqlRow[string] | undefined,
  { algorithm, username, realm }: Asked,
  { calculateHa1 }: AccountSettings,
  { sip, log }: { readonly sip: SipTools; readonly log: Logger },
): Ha1 {
  const text = String(stored ?? '');
  if (calculateHa1) return { ha1: text === '' ? '' : sip.digest.ha1(algorithm, username, realm, text) };
  if (text.length === sip.digest.hashLength(algorithm)) return { ha1: text.toLowerCase() };
  log.error('auth_calc_HA1', `Incorrect length of pre-hashed credentials for the algorithm "${algorithm}"`);
  return 'failed';
}

/** Puts the columns of load_credentials into AVPs; empty ones and NULL are left out. */
export function loadCredentials(
  { avps }: ScriptRun,
  row: SqlRow,
  loaded: readonly LoadedColumn[],
  log: Logger,
): void {
  for (const { column, avp } of loaded) {
    const value = row[column] ?? null;
    if (value === null || value === '') continue;
    if (typeof value === 'number' && !Number.isInteger(value)) {
      log.error('generate_avps', `column ${column} is neither a text nor an integer`);
      continue;
    }
    const values = avps.get(avp);
    if (values) values.unshift(value);
    else avps.set(avp, [value]);
  }
}
