import type { Expression } from '../ast.ts';
import { type Diagnostic, diagnostic } from '../findings/diagnostics.ts';
import type { Check } from './facts/context.ts';

/** No condition is an assignment, which is always true: `=` for `==`. */
export const conditionCanBeFalse: Check = ({ script }) => script.conditions.flatMap(judge);

function judge(test: Expression): readonly Diagnostic[] {
  switch (test.kind) {
    case 'Logical':
      return [...judge(test.left), ...judge(test.right)];
    case 'Not':
      return judge(test.operand);
    case 'Group':
    case 'Evaluation':
      return judge(test.value);
    case 'StatementExpression': {
      const { statement } = test;
      if (statement.kind !== 'Assignment') return [];
      return [diagnostic('condition-always-true', statement.span, 'an assignment is always true')];
    }
    default:
      return [];
  }
}
