import type { Logger, Timer, Timers } from './module-exports.ts';
import { createOwnRun, type Routes } from './script/index.ts';

/** A `timer_route[name, seconds]`. */
export interface TimerRoute {
  readonly name: string;
  readonly seconds: number;
}

/** Runs that the host begins itself, with no message behind them. */
export interface OwnRuns {
  /** Runs the startup_route, where there is one. Its answer, 1 without one, -1 where something in it threw. */
  startup(): Promise<number>;
  /** Starts the timer routes. A run that is not through when its next turn comes makes it skip that turn, unless turns may overlap. */
  startTimers(routes: readonly TimerRoute[]): void;
  stopTimers(): void;
}

/** `mayOverlap`: timer_route_overlap. */
export function createOwnRuns(
  routes: Routes,
  timers: Timers,
  log: Logger,
  { mayOverlap = false }: { readonly mayOverlap?: boolean } = {},
): OwnRuns {
  const running: Timer[] = [];

  const runTimerRoute = (name: string, done: () => void) => {
    const outcome = routes.run('T', name, createOwnRun('T'));
    if (typeof outcome === 'number') done();
    else outcome.then(done);
  };

  return {
    async startup() {
      if (!routes.has('S')) return 1;
      const run = createOwnRun('S');
      const answer = await routes.run('S', undefined, run);
      return run.failed ? -1 : answer;
    },
    startTimers(timerRoutes) {
      for (const { name, seconds } of timerRoutes) {
        let busy = false;
        const turn = () => {
          if (busy && !mayOverlap) {
            log.warning('run_timer', `timer_route[${name}] still runs: this turn is left out`);
            return;
          }
          busy = true;
          runTimerRoute(name, () => {
            busy = false;
          });
        };
        running.push(timers.every(seconds * 1000, turn));
      }
    },
    stopTimers() {
      for (const timer of running.splice(0)) timer.cancel();
    },
  };
}
