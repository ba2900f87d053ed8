import type { ScriptValue, SipMessage, VariableFacts } from '../module-exports.ts';
import { authVariables } from './auth-variables.ts';
import { avpVariables } from './avp.ts';
import { branchVariables } from './branch-variables.ts';
import { colour } from './colour.ts';
import { reading, type VariableEntry } from './entries.ts';
import { flagVariables } from './flag-variables.ts';
import { identityVariables } from './identity-variables.ts';
import { type LogLevels, logVariables } from './log-variables.ts';
import { createScriptMarks, type ScriptMarks } from './marks.ts';
import { messageVariables } from './message-variables.ts';
import { networkVariables, type SocketSources } from './network-variables.ts';
import { positionVariables } from './position.ts';
import { ownVariable, runVariables } from './run-variables.ts';
import { sdpVariables } from './sdp-variables.ts';
import { timeVariables } from './time-variables.ts';
import { uriVariables } from './uri-variables.ts';

/** What some variables need beside the run. */
interface VariableSources extends SocketSources {
  readonly marks: ScriptMarks;
  /** Seconds since 1970. */
  readonly startTime: number;
  /** `-o name=value`. */
  readonly argv: ReadonlyMap<string, string>;
  readonly logLevels: LogLevels;
  /** What `$var` of these names is until the script sets it. */
  readonly firstValues?: ReadonlyMap<string, ScriptValue>;
  /** `xlog_force_color`. */
  readonly colours: boolean;
}

/** The variables of the core with their behaviour, without those that the compiler answers itself. */
export function createCoreVariables(sources: VariableSources): ReadonlyMap<string, VariableEntry> {
  return new Map(
    Object.entries({
      ...runVariables,
      var: ownVariable(sources.firstValues ?? new Map()),
      ...avpVariables,
      ...uriVariables,
      ...messageVariables,
      ...sdpVariables,
      ...identityVariables,
      ...authVariables,
      ...networkVariables(sources),
      ...logVariables(sources.logLevels),
      ...timeVariables(sources.startTime),
      ...flagVariables(sources.marks),
      ...branchVariables(sources),
      ...hostVariables(sources),
    }),
  );
}

function hostVariables({ argv, colours }: VariableSources): Readonly<Record<string, VariableEntry>> {
  const numbers = new WeakMap<SipMessage, number>();
  let last = 0;
  return {
    mi: reading('the number of the message in this host', ({ message }) => {
      const known = numbers.get(message);
      if (known !== undefined) return known;
      last = (last + 1) | 0;
      numbers.set(message, last);
      return last;
    }),
    $: reading('a dollar sign', () => '$'),
    argv: {
      facts: { description: 'an argument of the command line', inner: 'required' },
      behaviour: { get: (_run, inner) => argv.get(inner) || null },
    },
    C: {
      facts: {
        description: 'a colour for the terminal; empty unless xlog_force_color is on',
        inner: 'required',
      },
      behaviour: { get: (_run, inner) => (colours ? (colour(inner) ?? null) : '') },
    },
  };
}

/** The same as facts: what is not here the core of tsips does not have. */
export const coreVariables: Readonly<Record<string, VariableFacts>> = {
  ...positionVariables,
  ...Object.fromEntries(
    [
      ...createCoreVariables({
        marks: createScriptMarks(),
        startTime: 0,
        argv: new Map(),
        colours: false,
        logLevels: { level: undefined, xlogLevel: undefined },
        socketNamed: () => undefined,
        warn: () => undefined,
      }),
    ].map(([name, { facts }]) => [name, facts]),
  ),
};
