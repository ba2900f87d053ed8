import type { ScriptRun } from '../../runtime/module-exports.ts';

/** What accounting needs of the module dialog. */
export interface DialogManager {
  of(run: ScriptRun): Dialog | undefined;
  /** That of an INVITE that begins one, made where there is none; undefined where there can be none. */
  create(run: ScriptRun): Dialog | undefined;
}

export interface Dialog {
  /** `request`: one within it; `ended`: by a BYE, which `run` is of, or by the end of its lifetime. */
  on(happening: 'request' | 'ended', hear: (run: ScriptRun | undefined) => void): void;
}
