/** Functions, variables and routes of scripts. Types only. */

import type { RouteLetter } from '../../grammar/index.ts';
import type { SipMessage } from './message.ts';
import type { MessageSource } from './network.ts';
import type { ScriptRun } from './run.ts';
import type { ScriptValue } from './values.ts';

/**
 * What a function answers: a number as in C (negative false, positive true, 0 ends the script), a boolean
 * (1 / -1), or nothing (1). A promise suspends the run, which resumes in place with its value.
 */
export type CommandResult = number | boolean | undefined | void;

export type CommandFunction = (
  run: ScriptRun,
  ...args: ScriptValue[]
) => CommandResult | Promise<CommandResult>;

/** A function called with its arguments' values at each run … */
export type Command =
  | CommandFunction
  | {
      /** … or prepared once for each place of the script (C: fixup) and called with the run alone. */
      prepare(args: readonly PreparedArgument[]): (run: ScriptRun) => CommandResult | Promise<CommandResult>;
    };

export interface PreparedArgument {
  /** The value, where it is the same in every run; undefined where it depends on variables. */
  readonly constant: ScriptValue | undefined;
  /** The argument was written (optional ones may be left out). */
  readonly given: boolean;
  evaluate(run: ScriptRun): ScriptValue;
  /** Only for arguments of kind `v`. */
  assign(run: ScriptRun, value: ScriptValue): void;
  /** Only for arguments of kind `v`: the variable as it is written. */
  readonly variable: VariableReference | undefined;
  /** A text with variables that stands inside this argument: `b$var(x)` of `/a/b$var(x)/`. NULL shows as `<null>`. */
  text(part: string): (run: ScriptRun) => string;
  /** The variable that is a text inside this argument, or all of it; undefined where it is anything else. */
  variableIn(part: string): VariableReference | undefined;
}

/** A variable at one place of the script. */
export interface VariableReference {
  /** `avp` of `$(avp(x)[0])`. */
  readonly name: string;
  /** What stands in its round brackets: `x`. */
  inner(run: ScriptRun): string;
  /** The number in its square brackets; undefined without one, and for `[*]`. */
  index(run: ScriptRun): number | undefined;
  /** `[*]`. */
  readonly all: boolean;
  get(run: ScriptRun): ScriptValue;
  getAll(run: ScriptRun): readonly ScriptValue[];
  /** False where it cannot be set, which the log tells. */
  set(run: ScriptRun, value: ScriptValue): boolean;
}

export interface VariableBehaviour {
  /** `inner` is the text in round brackets, '' without; `index` is undefined without one. */
  get(run: ScriptRun, inner: string, index?: number): ScriptValue;
  /** Why there is no variable with that text in round brackets, which the start then fails with; undefined: there is. */
  refuse?(inner: string): string | undefined;
  /** All values, for `[*]` and `for each`. */
  getAll?(run: ScriptRun, inner: string): readonly ScriptValue[];
  /**
   * `:=` on a variable with several values replaces all of them: `replaceAll`. NULL removes. `[append]` and
   * `[insertAfter]` come as an infinite index, `[insert]` as a negative infinite one. Throws an Error where it cannot take the value: the log tells it, the assignment answers -1.
   */
  set?(run: ScriptRun, inner: string, value: ScriptValue, index?: number, replaceAll?: boolean): void;
  /**
   * What stands in the place of the value of a variable inside the round brackets, where some characters there have a
   * meaning of their own: `$json(a/$var(key))`. Default: the value.
   */
  quote?(value: string): string;
}

export type TransformationFunction = (value: ScriptValue, args: readonly ScriptValue[]) => ScriptValue;

export type VariableContext = (run: ScriptRun) => ScriptRun | undefined;

/**
 * The named flags of the script, as masks. Bits are given to names as they are met, so ask when a message is at hand,
 * when the script has got its own.
 */
export interface FlagTools {
  /** Of a flag of messages; 0 where no bit is left for it. */
  message(name: string): number;
  /** Of a flag of branches; 0 where no bit is left for it. */
  branch(name: string): number;
  /** The names of the flags of branches that are set, with blanks between them. */
  branchNames(bits: number): string;
  /** The flags of branches of such a text; names that the script does not have are left out. */
  branchBits(names: string): number;
}

/** The routes of the config. */
export interface ScriptRoutes {
  /** Whether there is such a route; without a name the main one of its kind. */
  has(letter: RouteLetter, name?: string): boolean;
  /** A run of a message; it has the AVPs, variables and the room for modules of `shares`, its own where none is given. */
  createRun(
    message: SipMessage,
    source: MessageSource,
    letter: RouteLetter,
    shares?: Partial<Pick<ScriptRun, 'avps' | 'vars' | 'storage'>>,
  ): ScriptRun;
  /** A run that the host begins itself: its message is a made-up request that goes nowhere. */
  createOwnRun(letter: RouteLetter): ScriptRun;
  /**
   * Runs a route while the host runs. A promise only where something in it waited; what fails inside is in the log, and
   * `run.failed` is set.
   */
  run(letter: RouteLetter, name: string | undefined, run: ScriptRun): number | Promise<number>;
  /**
   * The variable that the text of a parameter is, all of it (`$hdr(User-Agent)`); undefined where it is none, or one that
   * nothing here has. To be asked in `check`, and in `childInit` or later, when the routes are compiled.
   */
  variable(text: string): VariableReference | undefined;
}
