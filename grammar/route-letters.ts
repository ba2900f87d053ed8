import type { RouteKeyword } from './ast.ts';
import type { RouteLetter } from './manifest.ts';

/** OpenSIPS's letter of each kind of route. */
export const routeLetters: Readonly<Record<RouteKeyword, RouteLetter>> = {
  route: 'R',
  failure_route: 'F',
  onreply_route: 'O',
  branch_route: 'B',
  error_route: 'E',
  local_route: 'L',
  startup_route: 'S',
  timer_route: 'T',
  event_route: 'V',
};
