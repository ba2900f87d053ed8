import { reading, type VariableEntry } from './entries.ts';
import { formatTime } from './time-text.ts';

/** The clock. `startTime`: seconds since the epoch when the host started. */
export function timeVariables(startTime: number): Readonly<Record<string, VariableEntry>> {
  return {
    Ts: reading('seconds since 1970', () => Math.floor(Date.now() / 1000) | 0),
    Tsm: reading('microseconds of the current second', () => (Date.now() % 1000) * 1000),
    TS: reading('seconds since 1970 when the host started', () => startTime),
    Tf: reading('the time as text', () => formatTime('%c', new Date())),
    time: {
      facts: { description: 'the time in a form of strftime', inner: 'required' },
      behaviour: { get: (_run, inner) => formatTime(inner, new Date()) || null },
    },
    pp: reading('the number of the process', () => process.pid),
  };
}
