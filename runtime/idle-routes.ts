import type { CheckEnvironment } from '../grammar/index.ts';

/**
 * Kinds of routes that this host accepts and compiles but that nothing enters yet, each with the reason. Routes that
 * a function arms, as failure_route by t_on_failure(), are not here: what is missing then is the function.
 */
export const idleRoutes: CheckEnvironment['idleRoutes'] = {
  local_route: 'tsips makes no requests of its own yet',
};

/** The events of OpenSIPS that this host raises. */
export const raisedEvents: ReadonlySet<string> = new Set([
  'E_CORE_LOG',
  'E_CORE_SR_STATUS_CHANGED',
  'E_CORE_TCP_DISCONNECT',
]);
