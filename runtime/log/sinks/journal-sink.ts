import { fstatSync } from 'node:fs';
import { levelFacts } from '../levels.ts';
import type { Sink } from './sink.ts';

/**
 * Under systemd standard error goes to the journal, which reads `<N>` in front of a line as its priority
 * (sd-daemon(3)); `lines` is the sink of standard error.
 */
export function createJournalSink(lines: Sink): Sink {
  return {
    ...lines,
    write(line, text) {
      lines.write(line, withPriority(text, levelFacts(line.level).severity));
    },
  };
}

/** Each line of the text with `<N>` in front and a newline behind. */
export function withPriority(text: string, priority: number): string {
  const body = text.endsWith('\n') ? text.slice(0, -1) : text;
  return `<${priority}>${body.replaceAll('\n', `\n<${priority}>`)}\n`;
}

/** Whether JOURNAL_STREAM (`device:inode`, systemd.exec(5)) names what the descriptor leads to. */
export function leadsToJournal(stream: string | undefined, descriptor = 2): boolean {
  if (stream === undefined) return false;
  try {
    const { dev, ino } = fstatSync(descriptor);
    return stream === `${dev}:${ino}`;
  } catch {
    return false;
  }
}
