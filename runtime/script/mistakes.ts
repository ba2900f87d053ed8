import type { Logger, RouteLetter, Timers } from '../module-exports.ts';
import type { Run } from './run.ts';

/** The statement that runs: what a mistake is told with. */
export interface Spot {
  run: Run | undefined;
  /** Printed as `file:line`. */
  place: { toString(): string } | undefined;
}

/** How long the same mistake at the same place is not told again. */
const silence = 60_000;

interface Told {
  until: number;
  /** Those that were not told since. */
  held: number;
}

/**
 * A log for what goes wrong while a script runs: each line has file and line, the routes that led there and the message,
 * and comes once a place and minute, so that one message a millisecond does not fill the disk. Lines below a warning
 * are as they are.
 */
export function mistakesLog(log: Logger, spot: Spot, timers: Pick<Timers, 'now'>): Logger {
  /** By caller and place: as many as the script has places. */
  const told = new Map<string, Told>();

  const locate = (write: (caller: string, message: string) => void) => (caller: string, message: string) => {
    const { run, place } = spot;
    if (!run) {
      write(caller, message);
      return;
    }
    const [known] = / at (?:\S+:\d+|offset \d+)/.exec(message) ?? [];
    const at = known ?? ` at ${place}`;
    const before = told.get(`${caller}${at}`);
    const now = timers.now();
    if (before && now < before.until) {
      before.held++;
      return;
    }
    told.set(`${caller}${at}`, { until: now + silence, held: 0 });
    const more = before && before.held > 0 ? `; ${before.held} more since it was told last` : '';
    write(caller, `${message}${known ? '' : at} (${about(run)}${more})`);
  };

  return {
    get debugOn() {
      return log.debugOn;
    },
    get infoOn() {
      return log.infoOn;
    },
    alert: locate((caller, message) => log.alert(caller, message)),
    critical: locate((caller, message) => log.critical(caller, message)),
    error: locate((caller, message) => log.error(caller, message)),
    warning: locate((caller, message) => log.warning(caller, message)),
    notice: (caller, message) => log.notice(caller, message),
    info: (caller, message) => log.info(caller, message),
    debug: (caller, message) => log.debug(caller, message),
    plain: (level, message, facility) => log.plain(level, message, facility),
  };
}

const kinds: Readonly<Record<RouteLetter, string>> = {
  R: 'route',
  F: 'failure_route',
  O: 'onreply_route',
  B: 'branch_route',
  E: 'error_route',
  L: 'local_route',
  S: 'startup_route',
  T: 'timer_route',
  V: 'event_route',
};

/** Routes whose message is made up. */
const withoutMessage: ReadonlySet<RouteLetter> = new Set(['S', 'T', 'V']);

/** `route > next, OPTIONS, Call-ID 1@host`; what a client wrote is cut and has no line ends. */
function about({ routeStack, routeLetter, message }: Run): string {
  const [first, ...others] = routeStack;
  const kind = kinds[routeLetter];
  const top = first?.name === undefined ? kind : `${kind}[${first.name}]`;
  const names = others.map(({ name }) => name ?? kind);
  const shown = names.length > 8 ? [...names.slice(0, 4), '…', ...names.slice(-4)] : names;
  const routes = [top, ...shown].join(' > ');
  if (withoutMessage.has(routeLetter)) return routes;
  return `${routes}, ${short(message.method)}, Call-ID ${short(message.callId)}`;
}

function short(text: string): string {
  const clean = text.replace(/[\0-\x1f\x7f]+/g, ' ');
  return clean.length > 80 ? `${clean.slice(0, 80)}…` : clean;
}
