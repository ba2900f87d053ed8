/**
 * Whether something was done within so many milliseconds. Errors: those of `work`; the reason of `signal` where
 * that comes first.
 */
export async function within(
  milliseconds: number,
  work: () => unknown,
  signal?: AbortSignal,
): Promise<boolean> {
  signal?.throwIfAborted();
  let timer: NodeJS.Timeout | undefined;
  let onAbort: (() => void) | undefined;
  const late = new Promise<false>((resolve, reject) => {
    timer = setTimeout(() => resolve(false), milliseconds);
    onAbort = () => reject(signal?.reason);
    signal?.addEventListener('abort', onAbort);
  });
  try {
    return await Promise.race([Promise.resolve(work()).then(() => true), late]);
  } finally {
    clearTimeout(timer);
    if (onAbort) signal?.removeEventListener('abort', onAbort);
  }
}
