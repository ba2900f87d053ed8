import type {
  MessageSource,
  RouteFrame,
  RouteLetter,
  RunError,
  ScriptRun,
  ScriptValue,
  SipMessage,
} from '../module-exports.ts';

/** What a statement leaves behind for those around it, as bits of `Run.leaving`. */
export const leavingRoute = 1;
export const leavingScript = 2;
export const leavingLoop = 4;

const noValues: readonly ScriptValue[] = [];

/** A run with the state that only the compiled script touches. */
export class Run implements ScriptRun {
  readonly message: SipMessage;
  readonly source: MessageSource;
  routeLetter: RouteLetter;
  returnCode = 1;
  readonly avps: Map<string, ScriptValue[]>;
  /**
   * Deviation: in OpenSIPS `$var` belongs to the process and keeps its value from message to message; here it
   * belongs to the run and begins as NULL, because runs that wait share the one process.
   */
  readonly vars: Map<string, ScriptValue>;
  readonly storage: Map<symbol, unknown>;
  readonly routeStack: RouteFrame[] = [];
  returnValues: readonly ScriptValue[] = noValues;
  /** The values of a `return` in the route that runs now; `$return` sees them when it has been left. */
  pendingReturnValues: readonly ScriptValue[] = noValues;
  dropped = false;
  /** Something in it threw: it has ended there, and whoever started it answers 500. */
  failed = false;
  error: RunError | undefined = undefined;
  /** `leavingRoute`, `leavingScript`, `leavingLoop`. */
  leaving = 0;
  insideErrorRoute = false;
  /** How many statements have run, and for how many milliseconds they worked, as of `askedAt`. */
  statements = 0;
  worked = 0;
  askedAt: number | undefined = undefined;
  /** script_trace() is on: told each statement before it runs. */
  trace: ((place: string, what: string) => void) | undefined = undefined;

  constructor(message: SipMessage, source: MessageSource, letter: RouteLetter, state: RunState = {}) {
    this.message = message;
    this.source = source;
    this.routeLetter = letter;
    this.avps = state.avps ?? new Map();
    this.vars = state.vars ?? new Map();
    this.storage = state.storage ?? new Map();
  }
}

/** What a run has from another one; the rest is new and empty. */
type RunState = Partial<Pick<ScriptRun, 'avps' | 'vars' | 'storage'>>;

/** A run of a message: no variables, no flags, and no AVPs but those of `state`. */
export function createRun(
  message: SipMessage,
  source: MessageSource,
  letter: RouteLetter,
  state?: RunState,
): Run {
  return new Run(message, source, letter, state);
}
