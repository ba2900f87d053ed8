import { type EndingSignal, takeSignals } from './signals.ts';

/** Why the program ends. */
export type StopReason =
  | { readonly kind: 'signal'; readonly signal: EndingSignal }
  | { readonly kind: 'error'; readonly error: unknown };

/** The first request to end. */
export interface StopRequest {
  readonly asked: Promise<StopReason>;
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
  const asked = new Promise<StopReason>((resolve) => {
    takeSignals((signal) => resolve({ kind: 'signal', signal }));
    process.on('uncaughtException', (error) => {
      onError(error);
      resolve({ kind: 'error', error });
    });
  });
  void asked.then(() => clearInterval(alive));
  return { asked };
}
