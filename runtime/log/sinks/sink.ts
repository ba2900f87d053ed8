import type { ByteText } from '../encoding.ts';
import type { LogLine } from '../log-line.ts';

/** A place where formatted lines go. No method throws. */
export interface Sink {
  /** `text` is the line as this output's format has it; `line` is for those that must send it elsewhere. */
  write(line: LogLine, text: ByteText): void;
  /** Resolves when all that was written is out, or was given to another place. */
  flush(): Promise<void>;
  /** The same at once, for the last moment of a process. */
  flushSync(): void;
  /** Flushes and lets go of what the sink holds. */
  close(): Promise<void>;
}

/** Tells of the log's own troubles: becomes a line of the log. */
export type Trouble = (message: string) => void;
