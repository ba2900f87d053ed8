import { Writable } from 'node:stream';
import type { Logger as WinstonLogger } from 'winston';
import type { LineFormatter } from './formats.ts';
import { levelFacts, levels } from './levels.ts';
import type { LineFacts, LogLine } from './log-line.ts';
import type { Sink } from './sinks/sink.ts';

/** Winston's parts that a channel is made of; they are imported when the host starts, not before. */
export type Winston = typeof import('winston');

/** One output of the log: a filter, a format and a sink, with a winston logger between them. */
export interface Channel {
  write(line: LogLine): void;
  /** From now on lines go through winston; before, straight to the sink. */
  open(winston: Winston): void;
  flush(): Promise<void>;
  flushSync(): void;
  close(): Promise<void>;
}

interface ChannelOptions {
  /** Lines above this level are left out; 0 for none. */
  readonly filter: number;
  readonly format: LineFormatter;
  readonly sink: Sink;
  readonly facts: () => LineFacts;
}

const MESSAGE = Symbol.for('message');
const LEVEL = Symbol.for('level');
const winstonLevels = Object.fromEntries(levels.map(({ name, level }) => [name, level]));

/** A line as winston's streams carry it. */
interface Info {
  level: string;
  message: string;
  line: LogLine;
  [LEVEL]: string;
  [MESSAGE]?: string;
}

/** Loggers are one for each output, so that none waits for another's stream. */
export function createChannel(options: ChannelOptions): Channel {
  const { filter, format, sink, facts } = options;
  let logger: WinstonLogger | undefined;
  /** Lines inside winston's streams. */
  const underway: LogLine[] = [];

  function write(line: LogLine): void {
    if (filter !== 0 && filter < line.level) return;
    if (logger === undefined) {
      sink.write(line, format(line, facts()));
      return;
    }
    underway.push(line);
    logger.write(infoOf(line));
  }

  function open(winston: Winston): void {
    if (logger !== undefined) return;
    logger = winston.createLogger({
      levels: winstonLevels,
      level: 'debug',
      format: {
        transform(info) {
          if (isInfo(info)) info[MESSAGE] = format(info.line, facts());
          return info;
        },
      },
    });
    logger.pipe(transport(deliver));
  }

  function deliver(line: LogLine, text: string): void {
    const at = underway.indexOf(line);
    if (at === -1) return;
    underway.splice(at, 1);
    sink.write(line, text);
  }

  /** What is still inside winston's streams goes on without them. */
  function drain(): void {
    for (const line of underway.splice(0)) sink.write(line, format(line, facts()));
  }

  return {
    write,
    open,
    flush() {
      drain();
      return sink.flush();
    },
    flushSync() {
      drain();
      sink.flushSync();
    },
    close() {
      drain();
      logger?.close();
      return sink.close();
    },
  };
}

/** A line as winston's streams and their transports see it. */
function infoOf(line: LogLine): Info {
  const { name } = levelFacts(line.level);
  return { level: name, message: line.message, line, [LEVEL]: name };
}

function isInfo(info: object): info is Info {
  return 'line' in info;
}

/** A transport is a stream of infos; this one never makes winston wait. */
function transport(deliver: (line: LogLine, text: string) => void): Writable {
  return new Writable({
    objectMode: true,
    write(info: Info, _encoding, next) {
      deliver(info.line, info[MESSAGE] ?? '');
      next();
    },
  });
}
