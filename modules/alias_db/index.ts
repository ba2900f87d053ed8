import type {
  Command,
  Database,
  MaybePromise,
  ModuleFactory,
  ModuleHost,
  PreparedArgument,
  ScriptRun,
} from '../../runtime/module-exports.ts';
import { findAliases, flagsOf, type LookupFlags } from './aliases.ts';
import { manifest } from './manifest.ts';

export { manifest };

const createModule: ModuleFactory = (host) => {
  const { log, params, globals } = host;
  const url = params.db_url ?? globals.get('db_default_url');
  let database: Database | undefined;
  const lookup = lookupIn(host, () => database);

  return {
    commands: {
      alias_db_lookup: {
        prepare([table, flags]) {
          const readFlags = flagReader(flags);
          return (run) =>
            lookup(run, table, run.message.requestUri, readFlags(run), (uris) =>
              setRequestUri(host, run, uris),
            );
        },
      },
      alias_db_find: prepareFind(host, lookup),
    },
    check: () => host.databaseFindings(String(url ?? ''), 'db_url'),
    init() {
      log.info('mod_init', 'initializing...');
      database = host.database(String(url ?? ''));
    },
  };
};

export default createModule;

/** Looks a URI up and does something with what was found. */
type Lookup = (
  run: ScriptRun,
  table: PreparedArgument | undefined,
  uri: string,
  flags: LookupFlags,
  use: (uris: readonly string[]) => boolean,
) => MaybePromise<boolean>;

function lookupIn({ log, params, routing }: ModuleHost, database: () => Database | undefined): Lookup {
  const failed = (error: unknown) => {
    log.error(
      'alias_db_query',
      `failed to query database: ${error instanceof Error ? error.message : error}`,
    );
    return false;
  };
  return (run, table, uri, flags, use) => {
    const parts = routing.uri(uri);
    const opened = database();
    if (!parts) log.error('alias_db_find', `failed to parse uri ${uri}`);
    if (!parts || !opened) return false;
    const answer = (uris: readonly string[]) => uris.length > 0 && use(uris);
    try {
      const found = findAliases(opened, String(table?.evaluate(run) ?? ''), parts, flags, params);
      return found instanceof Promise ? found.then(answer).catch(failed) : answer(found);
    } catch (error) {
      return failed(error);
    }
  };
}

/** The first becomes the Request-URI; with `append_branches` the others become branches, of the lowest preference. */
function setRequestUri(
  { params, sip }: ModuleHost,
  { message }: ScriptRun,
  uris: readonly string[],
): boolean {
  const [first = '', ...others] = uris;
  message.requestUri = first;
  if (params.append_branches === 0) return true;
  for (const uri of others) {
    sip.appendBranch(message, uri);
    const branch = message.branches.at(-1);
    if (branch) branch.q = 0;
  }
  return true;
}

function prepareFind({ params }: ModuleHost, lookup: Lookup): Command {
  return {
    prepare([table, uri, result, flags]) {
      const readFlags = flagReader(flags);
      return (run) =>
        lookup(run, table, String(uri?.evaluate(run) ?? ''), readFlags(run), (uris) => {
          const kept = params.append_branches === 0 ? uris.slice(0, 1) : uris;
          // C sets the first with `:=`, the others with `=`.
          if (result?.variable?.name === 'avp') run.avps.delete(result.variable.inner(run));
          for (const found of kept) result?.assign(run, found);
          return true;
        });
    },
  };
}

/** Flags that stand in the script are read at its start. */
function flagReader(argument: PreparedArgument | undefined): (run: ScriptRun) => LookupFlags {
  if (!argument?.given) return () => flagsOf('');
  if (typeof argument.constant === 'string') {
    const flags = flagsOf(argument.constant);
    return () => flags;
  }
  return (run) => flagsOf(String(argument.evaluate(run) ?? ''));
}
