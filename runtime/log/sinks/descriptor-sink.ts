import type { ByteText } from '../encoding.ts';
import { DEFAULT_WRITE_PATIENCE, tryWrite, writeAll } from '../write-all.ts';
import type { Sink, Trouble } from './sink.ts';

interface DescriptorSinkOptions {
  /** Default 2, standard error. */
  readonly descriptor?: number;
  /** Bytes kept for a reader that takes nothing; more lines are dropped and counted. Default 4 MiB. */
  readonly maxQueuedBytes?: number;
  /** Bytes at which lines are written without waiting for the end of the turn. Default 64 KiB. */
  readonly batchBytes?: number;
  /** Milliseconds that the last flush waits for a slow reader. */
  readonly patience?: number;
  readonly trouble?: Trouble;
}

/** Milliseconds between two tries while the reader takes nothing. */
const RETRY_DELAY = 20;

/** Lines of one turn of the event loop leave in one write. */
export function createDescriptorSink(options: DescriptorSinkOptions = {}): Sink {
  const descriptor = options.descriptor ?? 2;
  const maxQueuedBytes = options.maxQueuedBytes ?? 4 * 1024 * 1024;
  const batchBytes = options.batchBytes ?? 64 * 1024;
  const patience = options.patience ?? DEFAULT_WRITE_PATIENCE;
  let pending: string[] = [];
  let pendingBytes = 0;
  let scheduled = false;
  let blocked = false;
  let dead = false;
  let dropped = 0;

  function write(_line: unknown, text: ByteText): void {
    if (dead) return;
    if (pendingBytes + text.length > maxQueuedBytes) {
      dropped++;
      return;
    }
    pending.push(text);
    pendingBytes += text.length;
    if (pendingBytes >= batchBytes && !blocked) writeOut();
    else if (!scheduled) schedule();
  }

  function schedule(): void {
    scheduled = true;
    if (blocked) setTimeout(onTurn, RETRY_DELAY);
    else setImmediate(onTurn);
  }

  function onTurn(): void {
    scheduled = false;
    writeOut();
    if (pending.length > 0 && !dead) schedule();
  }

  function writeOut(): void {
    const bytes = takePending();
    let offset = 0;
    while (offset < bytes.length) {
      const written = tryWrite(descriptor, bytes, offset);
      if (written === undefined) {
        die();
        return;
      }
      if (written === 0) {
        keep(bytes.subarray(offset));
        return;
      }
      offset += written;
    }
    blocked = false;
    tellDropped();
  }

  function takePending(): Buffer {
    const bytes = Buffer.from(pending.join(''), 'latin1');
    pending = [];
    pendingBytes = 0;
    return bytes;
  }

  function keep(rest: Buffer): void {
    blocked = true;
    pending = [rest.toString('latin1')];
    pendingBytes = rest.length;
  }

  function die(): void {
    dead = true;
    pending = [];
    pendingBytes = 0;
  }

  function tellDropped(): void {
    if (dropped === 0) return;
    const count = dropped;
    dropped = 0;
    options.trouble?.(`${count} log lines were dropped: nobody read standard error`);
  }

  function flushSync(): void {
    if (dead || pending.length === 0) return;
    if (!writeAll(descriptor, takePending(), patience)) die();
    blocked = false;
    tellDropped();
    if (pending.length > 0 && !dead && !writeAll(descriptor, takePending(), patience)) die();
  }

  async function flush(): Promise<void> {
    const end = Date.now() + patience;
    writeOut();
    while (pending.length > 0 && !dead && Date.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, RETRY_DELAY));
      writeOut();
    }
  }

  return { write, flush, flushSync, close: flush };
}
