import type { FoundCredentials, Logger, RoutingTools, ScriptRun } from '../../runtime/module-exports.ts';

interface RealmTools {
  readonly routing: RoutingTools;
  readonly log: Logger;
  readonly realmPrefix: string;
}

/**
 * The realm of a request whose script names none: the host of To in a REGISTER that is asked by its registrar, else that
 * of From, without `realm_prefix`. Undefined where there is no such URI.
 */
export function realmOf(
  { message }: ScriptRun,
  header: FoundCredentials['header'],
  { routing, log, realmPrefix }: RealmTools,
): string | undefined {
  const isRegistrar = message.method === 'REGISTER' && header === 'Authorization';
  const host = routing.uri((isRegistrar ? message.to : message.from)?.uri ?? '')?.host;
  if (host === undefined) log.error('pre_auth', 'failed to extract realm');
  return host?.startsWith(realmPrefix) ? host.slice(realmPrefix.length) : host;
}
