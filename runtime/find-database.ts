import type { Database } from './database.ts';
import { HostError } from './host-error.ts';
import type { ModuleBehaviour, ModuleFinding } from './module-exports.ts';

/** The modules of a host that are made, by name. */
type Modules = ReadonlyMap<string, { readonly behaviour: ModuleBehaviour }>;

/**
 * Opens the database of a URL by the loaded module that has its scheme. Errors: DATABASE_MODULE_MISSING; those of the
 * module that opens it.
 */
export function openDatabase(asking: string, url: string, modules: Modules): Database {
  const scheme = schemeOf(url);
  const open = engineOf(scheme, modules)?.databases?.[scheme];
  if (open) return open(url);
  const { message, help } = noEngine(scheme);
  throw new HostError('DATABASE_MODULE_MISSING', `module ${asking}: ${message}: ${help}`);
}

/** What would keep the database of a URL from being opened; nothing is opened. */
export function databaseFindings(url: string, modules: Modules, param?: string): readonly ModuleFinding[] {
  const scheme = schemeOf(url);
  const engine = engineOf(scheme, modules);
  const findings = engine ? (engine.databaseFindings?.(url) ?? []) : [noEngine(scheme)];
  return param === undefined ? findings : findings.map((finding) => ({ ...finding, param }));
}

function engineOf(scheme: string, modules: Modules): ModuleBehaviour | undefined {
  const all = [...modules.values()].map(({ behaviour }) => behaviour);
  return all.find(({ databases = {} }) => Object.hasOwn(databases, scheme));
}

/** `sqlite` of `sqlite:/path`; '' where the text is no URL. The rest may hold a password and is never told. */
function schemeOf(url: string): string {
  return /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase() ?? '';
}

function noEngine(scheme: string): ModuleFinding {
  const why = 'what is kept in it cannot be had, so the start fails';
  if (scheme === '') {
    return {
      code: 'database-url',
      severity: 'error',
      message: 'it has no database, or its URL does not begin with a scheme and a colon',
      why,
      help: 'give its db_url, or the global db_default_url, as in sqlite:///path/to/file',
    };
  }
  return {
    code: 'database-module-missing',
    severity: 'error',
    message: `no module that is loaded opens databases of the scheme ${scheme}:`,
    why,
    help: `add loadmodule "db_${scheme}.so", or name a database of another kind`,
  };
}
