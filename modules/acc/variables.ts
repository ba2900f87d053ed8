import type { Logger, ScriptValue, VariableBehaviour } from '../../runtime/module-exports.ts';
import type { Accountings, TagValues } from './accounting.ts';

/** `$acc_extra(tag)`. */
export function accExtra(accountings: Accountings, tags: readonly string[]): VariableBehaviour {
  return {
    refuse: refusal(tags, 'extra_fields'),
    get: (run, inner) => accountings.ensure(run).extra[tags.indexOf(inner.trim())] ?? null,
    set(run, inner, value) {
      accountings.ensure(run).extra[known(tags, inner)] = kept(value);
    },
  };
}

/** `$(acc_leg(tag)[leg])`: without an index of the last leg; negative ones count from behind, -1 the last. */
export function accLeg(accountings: Accountings, tags: readonly string[], log: Logger): VariableBehaviour {
  return {
    refuse: refusal(tags, 'leg_fields'),
    get(run, inner, index) {
      const { legs } = accountings.ensure(run);
      const found = findLeg(legs, index);
      if (typeof found !== 'string') return found[tags.indexOf(inner.trim())] ?? null;
      log.error('pv_get_acc_leg', found);
      return null;
    },
    set(run, inner, value, index) {
      const { legs } = accountings.ensure(run);
      if ((index ?? -1) >= legs.length) throw new Error("there aren't that many legs!");
      const found = findLeg(legs, index);
      if (typeof found === 'string') throw new Error(found);
      found[known(tags, inner)] = kept(value);
    },
  };
}

/** `$acc_current_leg`: the number of the last leg, from 0. */
export function accCurrentLeg(accountings: Accountings, log: Logger): VariableBehaviour {
  return {
    get(run) {
      const { legs } = accountings.ensure(run);
      if (legs.length > 0) return legs.length - 1;
      log.error('pv_get_acc_current_leg', 'no legs defined!');
      return null;
    },
  };
}

/** C: pv_parse_acc_extra_name. */
function refusal(tags: readonly string[], param: string): (inner: string) => string | undefined {
  return (inner) =>
    tags.includes(inner.trim()) ? undefined : `tag <${inner.trim()}> is in no ${param} of the module acc`;
}

/** Errors: no such tag, which only a name made of variables can be. */
function known(tags: readonly string[], inner: string): number {
  const tag = tags.indexOf(inner.trim());
  if (tag < 0) throw new Error(`tag <${inner.trim()}> not declared in modparam section!`);
  return tag;
}

/** An empty text is NULL here (acc_vars.c: set_value_shm). */
function kept(value: ScriptValue): string | null {
  return value === null || value === '' ? null : String(value);
}

/** The leg, or why there is none. */
function findLeg(legs: readonly TagValues[], index: number | undefined): TagValues | string {
  if (legs.length === 0) return 'no legs defined!';
  const at = index ?? -1;
  if (at >= legs.length) return `bad $acc_leg index: ${at}`;
  return legs.at(at) ?? `invalid leg index ${at}!`;
}
