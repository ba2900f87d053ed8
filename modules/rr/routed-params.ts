import type { ScriptRun } from '../../runtime/module-exports.ts';

interface RoutedParams {
  /** As written, without the first semicolon. */
  readonly text: string;
  readonly params: ReadonlyMap<string, string>;
}

const key = Symbol('parameters of the Route that was taken');

/** The parameters of the Route of this host that loose_route took from a message. */
export const routedParams = {
  set({ storage }: ScriptRun, text: string, params: ReadonlyMap<string, string>): void {
    storage.set(key, { text, params } satisfies RoutedParams);
  },
  of({ storage }: ScriptRun): RoutedParams | undefined {
    return storage.get(key) as RoutedParams | undefined;
  },
};
