import { type EndingSignal, takeSignals } from './signals.ts';

/** Why the program ends. */
export type StopReason =
  | { readonly kind: 'signal'; readonly signal: EndingSignal }
  | { readonly kind: 'error'; readonly error: unknown };

/** What the process is asked for from outside. */
export interface StopRequest {
  /** The first request to end. */
  readonly asked: Promise<StopReason>;
  /** Is called at each SIGHUP from now on. */
  onReload(call: () => void): void;
}

/** The longest time that a timer of Node takes. */
const FOREVER = 2 ** 31 - 1;

/**
 * Listens for what ends the program: a signal, or an error that nobody caught. Until then the process lives, also
 * where nothing else holds it: no socket is open, or a module waits for what never comes.
 *
 * @param onError Is told each such error, also those behind the first.
 */
export function awaitStop(onError: (error: unknown) => void): StopRequest {
  const alive = setInterval(() => undefined, FOREVER);
  const reloads: (() => void)[] = [];
  const asked = new Promise<StopReason>((resolve) => {
    takeSignals(
      (signal) => resolve({ kind: 'signal', signal }),
      () => {
        for (const reload of reloads) reload();
      },
    );
    process.on('uncaughtException', (error) => {
      onError(error);
      resolve({ kind: 'error', error });
    });
  });
  void asked.then(() => clearInterval(alive));
  return { asked, onReload: (call) => void reloads.push(call) };
}
