import type {
  ListenSocket,
  Logger,
  MessageSource,
  RouteLetter,
  SipMessage,
  Timer,
  Timers,
} from './module-exports.ts';
import { createRun, type Routes, type Run } from './script/index.ts';
import { parseMessage } from './sip/message.ts';

/** A `timer_route[name, seconds]`. */
export interface TimerRoute {
  readonly name: string;
  readonly seconds: number;
}

/** Runs that the host begins itself, with no message behind them. */
export interface OwnRuns {
  /** Runs the startup_route, where there is one. Its answer, 1 without one, -1 where something in it threw. */
  startup(): Promise<number>;
  /** Starts the timer routes. A run that is not through when its next turn comes makes it skip that turn. */
  startTimers(routes: readonly TimerRoute[]): void;
  stopTimers(): void;
}

export function createOwnRuns(routes: Routes, timers: Timers, log: Logger): OwnRuns {
  const running: Timer[] = [];

  const runTimerRoute = (name: string, done: () => void) => {
    const outcome = routes.run('T', name, ownRun('T'));
    if (typeof outcome === 'number') done();
    else outcome.then(done);
  };

  return {
    async startup() {
      if (!routes.has('S')) return 1;
      const run = ownRun('S');
      const answer = await routes.run('S', undefined, run);
      return run.failed ? -1 : answer;
    },
    startTimers(timerRoutes) {
      for (const { name, seconds } of timerRoutes) {
        let busy = false;
        const turn = () => {
          if (busy) {
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

function ownRun(letter: RouteLetter): Run {
  return createRun(ownMessage(), ownSource, letter);
}

/** OpenSIPS hands such routes a made-up request too, so that message variables have something to read. */
function ownMessage(): SipMessage {
  return parseMessage(
    [
      'OPTIONS sip:you@localhost SIP/2.0',
      'Via: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK0',
      'From: <sip:you@localhost>;tag=0',
      'To: <sip:you@localhost>',
      'Call-ID: 0',
      'CSeq: 1 OPTIONS',
      'Max-Forwards: 70',
      'Content-Length: 0',
      '',
      '',
    ].join('\r\n'),
  );
}

const ownSocket: ListenSocket = {
  protocol: 'udp',
  host: '127.0.0.1',
  address: '127.0.0.1',
  port: 0,
  family: 4,
  advertisedHost: undefined,
  advertisedPort: undefined,
  tag: undefined,
};

const ownSource: MessageSource = {
  protocol: 'udp',
  socket: ownSocket,
  remoteAddress: '127.0.0.1',
  remotePort: 0,
  connectionId: 0,
  send: () => false,
};
