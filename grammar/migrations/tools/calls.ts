import type { Argument, Call, Node, Span } from '../../ast.ts';
import { walk } from '../../walk.ts';
import type { Edit, MigrationContext } from './context.ts';
import { lineEndAt } from './lines.ts';

/** A call with what its place allows instead of it. */
export interface PlacedCall {
  readonly call: Call;
  /** `statement`: others may take its place; `question`: its answer is asked in an expression. */
  readonly as: 'statement' | 'question';
  /** A statement without braces around it, behind an `if` or the like. */
  readonly isBare: boolean;
}

/** The calls that stand as statements and in conditions; not those in `async()` and `launch()`. */
export function placedCalls({ config }: MigrationContext): readonly PlacedCall[] {
  const found: PlacedCall[] = [];
  walk(config, {
    enter: (node: Node, parent) => {
      if (node.kind !== 'Call') return;
      if (parent?.kind === 'StatementExpression') found.push({ call: node, as: 'question', isBare: false });
      if (parent?.kind === 'Block') found.push({ call: node, as: 'statement', isBare: !parent.braced });
      if (parent?.kind === 'SwitchCase') found.push({ call: node, as: 'statement', isBare: false });
    },
  });
  return found;
}

/**
 * What stands between the quotes of each argument, as it is written, to stand in double quotes again; undefined where
 * one is no string, or could not.
 */
export function textsOf(
  { written }: MigrationContext,
  { arguments: given }: Call,
): readonly string[] | undefined {
  const texts = given.map((one: Argument) => {
    if (one.kind === 'EmptyArgument') return '';
    if (one.kind !== 'String') return undefined;
    const raw = written(one.span);
    return raw.startsWith("'") && raw.includes('"') ? undefined : raw.slice(1, -1);
  });
  return texts.every((one) => one !== undefined) ? texts : undefined;
}

/** From the name to the closing parenthesis. */
export function spanOfCall({ text }: MigrationContext, { name, parentheses, span }: Call): Span {
  if (!parentheses) return { start: name.span.start, end: name.span.end };
  return { start: span.start, end: text.lastIndexOf(')', span.end - 1) + 1 };
}

/** Statements in the place of one that was a call, each in a line of its own. */
export function replaceStatement(
  context: MigrationContext,
  { call, isBare }: PlacedCall,
  statements: readonly string[],
): Edit {
  const { text } = context;
  const span = spanOfCall(context, call);
  const lineStart = text.lastIndexOf('\n', span.start - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(lineStart, span.start))?.[0] ?? '';
  const lines = statements.join(`;${lineEndAt(text, span.start)}${indent}`);
  if (!isBare || statements.length === 1) return { span, text: lines };
  const end = span.end + (/^\s*;/.exec(text.slice(span.end))?.[0].length ?? 0);
  return { span: { start: span.start, end }, text: `{ ${statements.join('; ')}; }` };
}
