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
const noState: RunState = {};

/** A run with the state that only the compiled script touches. */
export class Run implements ScriptRun {
  readonly message: SipMessage;
  readonly source: MessageSource;
  routeLetter: RouteLetter;
  returnCode = 1;
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
  // Most runs use none of these, and a run stays as long as its transaction.
  #avps: Map<string, ScriptValue[]> | undefined;
  #vars: Map<string, ScriptValue> | undefined;
  #storage: Map<symbol, unknown> | undefined;

  constructor(message: SipMessage, source: MessageSource, letter: RouteLetter, state: RunState = noState) {
    this.message = message;
    this.source = source;
    this.routeLetter = letter;
    this.#avps = state.avps;
    this.#vars = state.vars;
    this.#storage = state.storage;
  }

  get avps(): Map<string, ScriptValue[]> {
    this.#avps ??= new Map();
    return this.#avps;
  }

  /**
   * Deviation: in OpenSIPS `$var` belongs to the process and keeps its value from message to message; here it
   * belongs to the run and begins as NULL, because runs that wait share the one process.
   */
  get vars(): Map<string, ScriptValue> {
    this.#vars ??= new Map();
    return this.#vars;
  }

  get storage(): Map<symbol, unknown> {
    this.#storage ??= new Map();
    return this.#storage;
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
