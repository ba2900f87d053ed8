import type { ScriptRun, VariableBehaviour, VariableFacts } from '../../runtime/module-exports.ts';
import { headerValues, parseRequestHead, pathOf, queryOf, type RequestHead } from './http-head.ts';
import { UpgradedConnection } from './upgraded-connection.ts';

const parts: Readonly<Record<string, (head: RequestHead) => string>> = {
  path: ({ target }) => pathOf(target),
  query: ({ target }) => queryOf(target),
  target: ({ target }) => target,
};

/** The variables of an engine's module, for its manifest. */
export const requestVariables = {
  ws_request: {
    description:
      'Of the upgrade request of the connection that the message came by: path, query or target. NULL where there was none.',
    inner: { oneOf: Object.keys(parts) },
  },
  ws_header: {
    description:
      'A header of that upgrade request, by its name in any case. The first one without an index. NULL where there is none.',
    inner: 'required',
    index: true,
  },
} as const satisfies Readonly<Record<string, VariableFacts>>;

export type RequestVariable = keyof typeof requestVariables;

/** The behaviour behind these names. */
export function createRequestVariables(): Readonly<Record<RequestVariable, VariableBehaviour>> {
  const parsed = Symbol('upgrade request');

  /** Read once for a message. */
  const headOf = (run: ScriptRun): RequestHead | undefined => {
    const { source, storage } = run;
    if (!(source instanceof UpgradedConnection) || !source.request) return undefined;
    const known = storage.get(parsed) as RequestHead | undefined;
    const head = known ?? parseRequestHead(source.request.slice(0, -4));
    if (!known) storage.set(parsed, head);
    return head;
  };
  const headers = (run: ScriptRun, name: string): readonly string[] => {
    const head = headOf(run);
    return head ? headerValues(head, name.trim().toLowerCase()) : [];
  };

  return {
    ws_request: {
      get(run, inner) {
        const part = parts[inner.trim().toLowerCase()];
        const head = part && headOf(run);
        return head ? part(head) : null;
      },
    },
    ws_header: {
      get: (run, inner, index = 0) => headers(run, inner).at(index) ?? null,
      getAll: headers,
    },
  };
}
