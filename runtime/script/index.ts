/** What the rest of the runtime uses of the script. */

export { coreVariables } from '../variables/core-variables.ts';
export { coreTransformations } from '../variables/transformations.ts';
export { type Blacklists, createBlacklists } from './blacklists.ts';
export { compileRoutes, type Routes } from './compile.ts';
export { coreCommands } from './core-commands.ts';
export type {
  CommandEntry,
  HostAlias,
  ScriptEnvironment,
  ScriptLog,
  ScriptProblem,
  TransformationEntry,
  VariableEntry,
} from './environment.ts';
export { createEvents, type HostEvents } from './events.ts';
export type { Forwarding } from './forwarding.ts';
export { type HostNames, hostIsMyself } from './myself.ts';
export { createOwnRun } from './own-run.ts';
export { createRun, Run } from './run.ts';
