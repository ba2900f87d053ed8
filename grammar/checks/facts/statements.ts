import type { Config, Node } from '../../ast.ts';
import { walk } from '../../walk.ts';

const kinds: ReadonlySet<Node['kind']> = new Set([
  ...(['Call', 'RouteCall', 'Async', 'Launch', 'Assert', 'Jump', 'Assignment'] as const),
  ...(['If', 'While', 'ForEach', 'Switch'] as const),
]);

/** Every statement of the routes in the order of the text, those inside of others behind them. */
export function statementsOf(config: Config): readonly Node[] {
  const statements: Node[] = [];
  walk(config, {
    enter: (node, parent) => {
      // The call in `async(call, route)` is a part of that statement.
      if (kinds.has(node.kind) && parent?.kind !== 'Async' && parent?.kind !== 'Launch')
        statements.push(node);
    },
  });
  return statements;
}
