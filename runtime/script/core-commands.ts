import type { CommandSignature } from '../module-exports.ts';
import type { ScriptMarks } from '../variables/marks.ts';
import { blacklistCommands, blacklistSignatures } from './core-commands/blacklists.ts';
import { branchCommands, branchSignatures } from './core-commands/branches.ts';
import { cacheCommands, cacheSignatures } from './core-commands/cache.ts';
import { eventCommands, eventSignatures } from './core-commands/events.ts';
import { flagCommands, flagSignatures } from './core-commands/flags.ts';
import { forwardCommands, forwardSignatures } from './core-commands/forward.ts';
import { hostInMessagesCommands, hostInMessagesSignatures } from './core-commands/host-in-messages.ts';
import { logCommands, logSignatures } from './core-commands/log.ts';
import { messageCommands, messageSignatures } from './core-commands/message.ts';
import { statusCommands, statusSignatures } from './core-commands/status.ts';
import { uriCommands, uriSignatures } from './core-commands/uri.ts';
import type { CommandEntry, ScriptEnvironment } from './environment.ts';
import { traceSignatures } from './trace.ts';

/** The functions of the core, as facts: what is not here the core of tsips does not have. */
export const coreCommands: Readonly<Record<string, CommandSignature>> = {
  ...logSignatures,
  ...uriSignatures,
  ...flagSignatures,
  ...branchSignatures,
  ...messageSignatures,
  ...forwardSignatures,
  ...blacklistSignatures,
  ...hostInMessagesSignatures,
  ...cacheSignatures,
  ...eventSignatures,
  ...statusSignatures,
  ...traceSignatures,
};

/** The same with their behaviour. */
export function createCoreCommands(
  environment: ScriptEnvironment,
  marks: ScriptMarks,
): ReadonlyMap<string, readonly CommandEntry[]> {
  const behaviour = {
    ...logCommands(environment),
    ...uriCommands(environment),
    ...flagCommands(marks),
    ...branchCommands(environment),
    ...messageCommands(environment),
    ...forwardCommands(environment, marks),
    ...blacklistCommands(environment),
    ...hostInMessagesCommands(environment),
    ...cacheCommands(environment),
    ...eventCommands(environment),
    ...statusCommands(environment),
  };
  const entries = new Map<string, readonly CommandEntry[]>();
  for (const [name, command] of Object.entries(behaviour)) {
    const signature = coreCommands[name];
    if (signature) entries.set(name, [{ module: 'core', signature, command }]);
  }
  return entries;
}
