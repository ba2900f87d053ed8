import type { Node, Span, StringLiteral, Variable } from '../../ast.ts';
import { parseVariable } from '../../parse/script-variable.ts';
import { walk } from '../../walk.ts';
import type { Edit, MigrationContext } from './context.ts';

/** The text of a variable that is all of a string, `"$avp(x)"`; undefined where more or less stands there. */
export function onlyVariable(
  { written }: MigrationContext,
  { span, value }: StringLiteral,
): string | undefined {
  const text = value.trim();
  if (!text.startsWith('$') || written(span).slice(1, -1) !== value) return undefined;
  const { problems, rest } = parseVariable(text);
  return problems.length === 0 && rest === undefined ? text : undefined;
}

/** The same words with another value; the quotes stay as they are. */
export function requote({ written }: MigrationContext, { span }: StringLiteral, value: string): Edit {
  const quote = written(span).charAt(0);
  return { span, text: `${quote}${value}${quote}` };
}

/**
 * Where variables stand: bare ones, and the strings that are arguments of functions or values of module parameters.
 * Strings that are assigned or compared are plain text.
 */
export function placesOfVariables({ config }: MigrationContext): readonly (Variable | StringLiteral)[] {
  const places: (Variable | StringLiteral)[] = [];
  walk(config, {
    enter: (node: Node, parent) => {
      if (node.kind === 'Variable') places.push(node);
      if (node.kind === 'String' && (parent?.kind === 'Call' || parent?.kind === 'ModParam'))
        places.push(node);
      return node.kind !== 'Variable' && node.kind !== 'String';
    },
  });
  return places;
}

/** The places of a pattern inside spans of the text. */
export function matchesIn(context: MigrationContext, { span }: { readonly span: Span }, pattern: RegExp) {
  return Array.from(context.written(span).matchAll(pattern), (match) => ({
    match,
    start: span.start + match.index,
  }));
}
