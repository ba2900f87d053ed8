import type { FoundCredentials, ScriptRun } from '../module-exports.ts';

const keys = {
  Authorization: Symbol('the Authorization that was looked at'),
  'Proxy-Authorization': Symbol('the Proxy-Authorization that was looked at'),
} as const;

/** The credentials of a message that a module has chosen for its realm, one for each of the two headers. */
export const foundCredentials = {
  of({ storage }: ScriptRun, header: FoundCredentials['header']): FoundCredentials | undefined {
    return storage.get(keys[header]) as FoundCredentials | undefined;
  },
  keep({ storage }: ScriptRun, found: FoundCredentials): void {
    storage.set(keys[found.header], found);
  },
};
