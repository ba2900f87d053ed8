/** One run of a route. Types only. */

import type { RouteLetter } from '../../grammar/index.ts';
import type { SipMessage } from './message.ts';
import type { MessageSource } from './network.ts';
import type { ScriptValue } from './values.ts';

export interface ScriptRun {
  readonly message: SipMessage;
  readonly source: MessageSource;
  readonly routeLetter: RouteLetter;
  /** `$rc`. */
  returnCode: number;
  /** AVPs, by name or number as written; the last one set comes first. */
  readonly avps: Map<string, ScriptValue[]>;
  /** `$var`; per run, so that runs that wait do not disturb each other. */
  readonly vars: Map<string, ScriptValue>;
  /** Room for modules: one value a key, for the life of the message. */
  readonly storage: Map<symbol, unknown>;
  /** The routes that were entered and not yet left, the first is the one that the run began with. */
  readonly routeStack: readonly RouteFrame[];
  /** What the last route that was left returned behind its code: `$return(n)`. */
  readonly returnValues: readonly ScriptValue[];
  /** The script said `drop`: whoever started the run throws the message away. */
  readonly dropped: boolean;
  /** Something in it threw, which the log tells. */
  readonly failed: boolean;
  /** What the error_route is told of: `$err.…`. */
  readonly error: RunError | undefined;
}

/** One route on the stack of a run. */
export interface RouteFrame {
  /** Undefined for the main route of its kind. */
  readonly name: string | undefined;
  /** `$param(n)`, counted from 1 there. */
  readonly params: readonly ScriptValue[];
  /** In an event_route: their names, for `$param(name)`. */
  readonly paramNames?: readonly (string | undefined)[];
}

/** Why the error_route runs, in OpenSIPS's numbers (errinfo.h). */
export interface RunError {
  readonly class: number;
  readonly level: number;
  readonly info: string;
  readonly replyCode: number;
  readonly replyReason: string;
}
