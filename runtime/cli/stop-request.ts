import { type EndingSignal, takeSignals } from './signals.ts';

/** Why the program ends. */
export type StopReason =
  | { readonly kind: 'signal'; readonly signal: EndingSignal }
  | { readonly kind: 'error'; readonly error: unknown };

/** The first request to end. */
export interface StopRequest {
  readonly asked: Promise<StopReason>;
}

/**
 * Listens for what ends the program: a signal, or an error that nobody caught.
 *
 * @param onError Is told each such error, also those behind the first.
 */
export function awaitStop(onError: (error: unknown) => void): StopRequest {
  const asked = new Promise<StopReason>((resolve) => {
    takeSignals((signal) => resolve({ kind: 'signal', signal }));
    process.on('uncaughtException', (error) => {
      onError(error);
      resolve({ kind: 'error', error });
    });
  });
  return { asked };
}
