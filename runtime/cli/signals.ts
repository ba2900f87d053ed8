/** The signals that end the program, in order. */
const ending = ['SIGTERM', 'SIGINT'] as const;
/** The signals that do nothing (signals.c); without a listener Node ends, or opens its debugger on SIGUSR1. */
const ignored = ['SIGUSR1', 'SIGUSR2', 'SIGPIPE'] as const;

export type EndingSignal = (typeof ending)[number];

/**
 * From now on signals are taken as OpenSIPS takes them. Later ones of a kind go on to `end` too. SIGHUP, which does
 * nothing there, calls `reload`: modules do then what their parameters say, by default nothing.
 */
export function takeSignals(end: (signal: EndingSignal) => void, reload: () => void): void {
  process.on('SIGHUP', reload);
  for (const signal of ending) process.on(signal, () => end(signal));
  for (const signal of ignored) process.on(signal, () => undefined);
}
