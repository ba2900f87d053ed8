import type { Assignment, Expression } from '../ast.ts';
import { type Diagnostic, diagnostic, type Fix } from '../findings/diagnostics.ts';
import type { Check } from './facts/context.ts';

/** No condition is an assignment, which is always true: `=` for `==`. */
export const conditionCanBeFalse: Check = ({ script, text }) =>
  script.conditions.flatMap((test) => judge(test, text));

function judge(test: Expression, text: string): readonly Diagnostic[] {
  switch (test.kind) {
    case 'Logical':
      return [...judge(test.left, text), ...judge(test.right, text)];
    case 'Not':
      return judge(test.operand, text);
    case 'Group':
    case 'Evaluation':
      return judge(test.value, text);
    case 'StatementExpression': {
      const { statement } = test;
      if (statement.kind !== 'Assignment') return [];
      const fix = comparison(statement, text);
      return [
        diagnostic('condition-always-true', statement.span, 'an assignment is always true', {
          ...(fix && { fix }),
        }),
      ];
    }
    default:
      return [];
  }
}

/** `==` in the place of a plain `=`. */
function comparison({ operator, target, value }: Assignment, text: string): Fix | undefined {
  if (operator !== '=') return undefined;
  const start = text.indexOf('=', target.span.end);
  return start < value.span.start ? { span: { start, end: start + 1 }, text: '==' } : undefined;
}
