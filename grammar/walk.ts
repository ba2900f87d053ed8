import type { Node } from './ast.ts';

/** What to do at each node; `enter` may return false to pass over what is inside. */
export interface Visitor {
  readonly enter?: (node: Node, parent: Node | undefined) => unknown;
  readonly leave?: (node: Node, parent: Node | undefined) => void;
}

/**
 * Goes through a tree in the order of the text: into a node before its parts, out of it after them. Needs no stack
 * of calls, so a tree may be as deep as it likes.
 */
export function walk(node: Node, visitor: Visitor): void {
  const waiting: { readonly node: Node; readonly parent: Node | undefined; readonly leaving: boolean }[] = [];
  waiting.push({ node, parent: undefined, leaving: false });
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.leaving) {
      visitor.leave?.(next.node, next.parent);
      continue;
    }
    if (visitor.enter?.(next.node, next.parent) === false) continue;
    if (visitor.leave) waiting.push({ ...next, leaving: true });
    const parts = childrenOf(next.node);
    for (let at = parts.length - 1; at >= 0; at -= 1) {
      const part = parts[at];
      if (part !== undefined) waiting.push({ node: part, parent: next.node, leaving: false });
    }
  }
}

/** The nodes right below a node, in the order of the text. */
export function childrenOf(node: Node): Node[] {
  const found: Node[] = [];
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) found.push(...value.filter(isNode));
    else if (isNode(value)) found.push(value);
  }
  return found.length > 1 ? found.sort((one, other) => one.span.start - other.span.start) : found;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'kind' in value && 'span' in value;
}
