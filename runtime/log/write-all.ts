import { writeSync } from 'node:fs';

/** How long a write waits for a reader that is slow, in milliseconds, before it gives up. */
export const DEFAULT_WRITE_PATIENCE = 5000;

/**
 * Writes all bytes to a file descriptor before it returns. False where nobody reads any more (EPIPE), the
 * descriptor is closed, or the reader took nothing for `patience` milliseconds. Never throws.
 */
export function writeAll(descriptor: number, bytes: Buffer, patience = DEFAULT_WRITE_PATIENCE): boolean {
  let offset = 0;
  let waited = 0;
  while (offset < bytes.length) {
    const written = tryWrite(descriptor, bytes, offset);
    if (written === undefined) return false;
    if (written > 0) {
      offset += written;
      waited = 0;
      continue;
    }
    if (waited >= patience) return false;
    sleep(WAIT_STEP);
    waited += WAIT_STEP;
  }
  return true;
}

/** Milliseconds between two tries of a write that would block. */
const WAIT_STEP = 2;

/** How many bytes went; 0 where the write would block; undefined where nobody reads. */
export function tryWrite(descriptor: number, bytes: Buffer, offset = 0): number | undefined {
  try {
    return writeSync(descriptor, bytes, offset);
  } catch (error) {
    const code = errorCode(error);
    return code === 'EAGAIN' || code === 'EINTR' ? 0 : undefined;
  }
}

function errorCode(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
