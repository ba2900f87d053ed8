import type { Sink } from '../../../runtime/log/sinks/sink.ts';

/** Keeps lines in memory instead of writing them to standard error. */
export function memorySink(): Sink & { readonly lines: string[] } {
  const lines: string[] = [];
  return {
    lines,
    write: (_line, text) => void lines.push(text),
    flush: async () => undefined,
    flushSync: () => undefined,
    close: async () => undefined,
  };
}
