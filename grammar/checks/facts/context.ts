import type { Config } from '../../ast.ts';
import type { CheckEnvironment } from '../../check-environment.ts';
import type { Diagnostic, Severity } from '../../findings/diagnostics.ts';
import type { VariableProblem } from '../../parse/script-variable.ts';
import type { VersionFact } from '../../versions/syntax-facts.ts';
import type { ResolvedCall } from './calls.ts';
import type { Modules } from './modules.ts';
import type { Names } from './names.ts';
import type { Params } from './params.ts';
import type { Script, VariableUse } from './script.ts';

/** What a check looks at: gathered once for all of them. */
export interface CheckContext {
  readonly config: Config;
  /** The text of the config, what it includes in its place. */
  readonly text: string;
  readonly environment: CheckEnvironment;
  /** The OpenSIPS version that the file is for, given or guessed. */
  readonly version: string;
  /** Forms that only some versions accept, seen by the parser. */
  readonly facts: readonly VersionFact[];
  readonly modules: Modules;
  readonly params: Params;
  readonly script: Script;
  readonly names: Names;
  /** Every call with what its name leads to. */
  readonly calls: readonly ResolvedCall[];
  /** Every variable of the routes, those in strings included. */
  readonly variables: readonly VariableUse[];
  /** What is not written right in those strings. */
  readonly textProblems: readonly VariableProblem[];
  /** How grave it is that routes or sockets need what tsips does not have. */
  readonly absence: Severity;
}

/** One rule. It is quiet about what another rule reports. */
export type Check = (context: CheckContext) => readonly Diagnostic[];
