import type { Node, Span } from '../../ast.ts';
import { walk } from '../../walk.ts';
import type { Edit, Left, MigrationContext } from './context.ts';
import { lineEndAt } from './lines.ts';

const sign = 'tsips migrate:';

/**
 * A comment at each place that was left: in a line above the statement, or where that begins within a line, in front
 * of it. What a run before has marked is not marked again.
 */
export function marksOf(context: MigrationContext, leftovers: readonly Left[]): readonly Edit[] {
  const statements = statementsOf(context);
  const wanted = new Map<number, Set<string>>();
  for (const leftover of leftovers) {
    const start = anchorOf(statements, leftover.span);
    const comment = commentOf(leftover);
    wanted.set(start, (wanted.get(start) ?? new Set()).add(comment));
  }
  return [...wanted].flatMap(([start, comments]) => markAt(context.text, start, [...comments]));
}

/** A text of one line, of the characters that a config has: one a byte. */
function commentOf({ reason, advice }: Left): string {
  const text = `${sign} ${reason}; ${advice}`.replace(/\s+/g, ' ').replaceAll('*/', '* /').trim();
  return text.replaceAll('\u2026', '...').replace(/[^\0-\xff]/g, '?');
}

/** What stands at top level and in blocks, in the order of the text, outer ones first. */
function statementsOf({ config }: MigrationContext): readonly Span[] {
  const spans: Span[] = [];
  walk(config, {
    enter: (node: Node, parent) => {
      if (parent?.kind === 'Config' || parent?.kind === 'Block') spans.push(node.span);
      if (parent?.kind === 'SwitchCase' && node !== parent.label) spans.push(node.span);
    },
  });
  return spans;
}

function anchorOf(statements: readonly Span[], { start }: Span): number {
  return statements.findLast((one) => one.start <= start && start <= one.end)?.start ?? start;
}

function markAt(text: string, start: number, comments: readonly string[]): readonly Edit[] {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const front = text.slice(lineStart, start);
  if (!/^[ \t]*(?:\}?[ \t]*else[ \t]+)?$/.test(front)) return markWithin(text, start, comments);
  const present = new Set(linesAbove(text, lineStart));
  const indent = /^[ \t]*/.exec(front)?.[0] ?? '';
  return comments
    .filter((comment) => !present.has(`# ${comment}`))
    .map((comment) => ({
      span: { start: lineStart, end: lineStart },
      text: `${indent}# ${comment}${lineEndAt(text, start)}`,
    }));
}

function linesAbove(text: string, lineStart: number): string[] {
  const found: string[] = [];
  for (let end = lineStart - 1; end > 0; ) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    const line = text.slice(start, end).trim();
    if (!line.startsWith(`# ${sign}`)) break;
    found.push(line);
    end = start - 1;
  }
  return found;
}

function markWithin(text: string, start: number, comments: readonly string[]): readonly Edit[] {
  const [present = ''] = /(?:\/\* tsips migrate: (?:(?!\*\/).)* \*\/ )*$/.exec(text.slice(0, start)) ?? [];
  return comments
    .filter((comment) => !present.includes(`/* ${comment} */`))
    .map((comment) => ({ span: { start, end: start }, text: `/* ${comment} */ ` }));
}
