import type {
  Command,
  MaybePromise,
  ModuleHost,
  PreparedArgument,
  ScriptRun,
} from '../../runtime/module-exports.ts';
import type { LocalDomain } from './domain-table.ts';
import type { LocalDomains } from './local-domains.ts';

/** The domain that a function asks about: what it answers where there is none. */
type Asked = (run: ScriptRun) => string | number;

/** What a function answers where From cannot be parsed. */
const badFrom = -2;

export function domainCommands(
  { log, routing }: Pick<ModuleHost, 'log' | 'routing'>,
  domains: () => LocalDomains,
): Readonly<Record<string, Command>> {
  const ask = (asked: Asked, attributes: PreparedArgument | undefined) => (run: ScriptRun) => {
    const host = asked(run);
    return typeof host === 'number' ? host : isLocal(run, host, attributes);
  };
  const isLocal = (
    run: ScriptRun,
    host: string,
    attributes: PreparedArgument | undefined,
  ): MaybePromise<boolean> => {
    const answer = (domain: LocalDomain | undefined) => {
      if (domain && domain.attributes !== null) attributes?.assign(run, domain.attributes);
      return domain !== undefined;
    };
    const failed = (error: unknown) => {
      log.error(
        'db_table_lookup',
        `Error while querying database: ${error instanceof Error ? error.message : error}`,
      );
      return false;
    };
    try {
      const found = domains().find(host);
      return found instanceof Promise ? found.then(answer).catch(failed) : answer(found);
    } catch (error) {
      return failed(error);
    }
  };
  return {
    is_domain_local: {
      prepare: ([domain, attributes]) =>
        ask((run) => {
          const value = domain?.evaluate(run) ?? null;
          return typeof value === 'string' && value !== '' ? value : -1;
        }, given(attributes)),
    },
    is_from_local: {
      prepare: ([attributes]) =>
        ask(({ message }) => {
          const host = routing.uri(message.from?.uri ?? '')?.host;
          if (host === undefined) log.error('is_from_local', 'Error while parsing From header');
          return host ?? badFrom;
        }, given(attributes)),
    },
    is_uri_host_local: {
      prepare: ([attributes]) =>
        ask(({ message }) => {
          const host = routing.uri(message.requestUri)?.host;
          if (host === undefined) log.error('is_uri_host_local', 'Error while parsing R-URI');
          return host ?? -1;
        }, given(attributes)),
    },
  };
}

function given(argument: PreparedArgument | undefined): PreparedArgument | undefined {
  return argument?.given ? argument : undefined;
}
