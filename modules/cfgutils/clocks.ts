import type { Command, ModuleHost } from '../../runtime/module-exports.ts';

const largestInteger = 2 ** 31 - 1;

/** ts_usec_delta and get_accurate_time. */
export function clockCommands({ log }: Pick<ModuleHost, 'log'>): Readonly<Record<string, Command>> {
  return {
    ts_usec_delta: {
      prepare([seconds, micros, otherSeconds, otherMicros, text, integer]) {
        return (run) => {
          const [a = 0, b = 0, c = 0, d = 0] = [seconds, micros, otherSeconds, otherMicros].map((argument) =>
            Number(argument?.evaluate(run) ?? 0),
          );
          const delta = Math.abs(1_000_000 * (a - c) + b - d);
          text?.variable?.set(run, String(delta));
          if (!integer?.given) return true;
          if (delta > largestInteger) {
            log.error('ts_usec_delta', `${delta} microseconds do not fit into an integer`);
            return false;
          }
          return integer.variable?.set(run, delta);
        };
      },
    },
    get_accurate_time: {
      prepare([seconds, micros, both]) {
        return (run) => {
          const now = performance.timeOrigin + performance.now();
          const whole = Math.floor(now / 1000);
          const part = Math.floor((now % 1000) * 1000);
          seconds?.variable?.set(run, whole);
          micros?.variable?.set(run, part);
          both?.variable?.set(run, `${whole}.${String(part).padStart(6, '0')}`);
          return true;
        };
      },
    },
  };
}
