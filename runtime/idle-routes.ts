import type { CheckEnvironment } from '../grammar/index.ts';

/**
 * Kinds of routes that this host accepts and compiles but that nothing enters yet, each with the reason. Routes that
 * a function arms, as failure_route by t_on_failure(), are not here: what is missing then is the function.
 */
export const idleRoutes: CheckEnvironment['idleRoutes'] = {
  event_route: 'tsips raises no events yet',
  local_route: 'tsips makes no requests of its own yet',
};
