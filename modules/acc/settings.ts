import type { ModuleFinding, ModuleHost } from '../../runtime/module-exports.ts';
import { parseTagFields, type TagFields } from './fields.ts';
import type { Backend } from './kinds.ts';
import { type OlderField, parseOlderFields } from './older-fields.ts';
import { versionTest } from './version.ts';

type Params = ModuleHost['params'];

/** LOG_… of syslog (dprint.c: str_fac). */
const facilities: readonly string[] = [
  ...['AUTH', 'CRON', 'DAEMON', 'KERN', 'LOCAL0', 'LOCAL1', 'LOCAL2', 'LOCAL3', 'LOCAL4', 'LOCAL5'],
  ...['LOCAL6', 'LOCAL7', 'LPR', 'MAIL', 'NEWS', 'USER', 'UUCP', 'AUTHPRIV', 'FTP', 'SYSLOG'],
].map((name) => `LOG_${name}`);

/** Errors: a word that is none. */
export function facilityOf(word: unknown): string | undefined {
  if (word === undefined) return undefined;
  const name = String(word).toUpperCase();
  if (facilities.includes(name)) return name;
  throw new Error('invalid log facility configured');
}

/** db_url; since 2.4 the global db_default_url where it is not given. '' for none. */
export function databaseUrl({ params, globals, version }: ModuleHost): string {
  const given = params.db_url ?? (versionTest(version)('2.4') ? globals.get('db_default_url') : undefined);
  return String(given ?? '');
}

export function textOf(params: Params, name: string): string {
  return String(params[name] ?? '');
}

/** Errors: what parseTagFields refuses. */
export function tagFieldsFrom(params: Params, name: 'extra_fields' | 'leg_fields'): TagFields {
  const given = params[name];
  return parseTagFields(Array.isArray(given) ? given.map(String) : []);
}

/** log_extra, db_extra or evi_extra of files up to 2.2. Errors: what parseOlderFields refuses. */
export function olderExtraOf(params: Params, backend: Backend): readonly OlderField[] {
  const text = params[`${backend}_extra`];
  return text === undefined ? [] : parseOlderFields(String(text));
}

/** Errors: as above; a variable that is no AVP. */
export function olderLegsOf(params: Params): readonly OlderField[] {
  const text = params.multi_leg_info;
  const legs = text === undefined ? [] : parseOlderFields(String(text));
  const other = legs.find(({ variable }) => !/^\$\(?avp\(/.test(variable));
  if (other) throw new Error(`only AVP are accepted as leg info, not ${other.variable}`);
  return legs;
}

/** The parameters that are texts with a form of their own, with what reads each. */
const readers: readonly (readonly [param: string, read: (params: Params) => unknown])[] = [
  ['log_facility', ({ log_facility: word }) => facilityOf(word)],
  ['extra_fields', (params) => tagFieldsFrom(params, 'extra_fields')],
  ['leg_fields', (params) => tagFieldsFrom(params, 'leg_fields')],
  ['log_extra', (params) => olderExtraOf(params, 'log')],
  ['db_extra', (params) => olderExtraOf(params, 'db')],
  ['evi_extra', (params) => olderExtraOf(params, 'evi')],
  ['multi_leg_info', olderLegsOf],
];

/** What keeps the parameters from being read; the start fails with it. */
export function settingFindings({ params, script }: ModuleHost): readonly ModuleFinding[] {
  return readers.flatMap(([param, read]) => {
    try {
      read(params);
      return unknownVariables(params, param, script);
    } catch (error) {
      return [unusable(param, error instanceof Error ? error.message : String(error))];
    }
  });
}

function unknownVariables(
  params: Params,
  param: string,
  script: ModuleHost['script'],
): readonly ModuleFinding[] {
  if (!/_extra$|_info$/.test(param) || params[param] === undefined) return [];
  return parseOlderFields(String(params[param]))
    .filter(({ variable }) => !script.variable(variable))
    .map(({ variable }) => unusable(param, `nothing here has the variable ${variable}`));
}

function unusable(param: string, message: string): ModuleFinding {
  return {
    code: 'parameter-unusable',
    severity: 'error',
    message: `${param}: ${message}`,
    why: 'what is to be accounted cannot be told from it, so the start fails',
    help: 'see the manual of the module acc for its form',
    param,
  };
}
