import type {
  Command,
  ModuleHost,
  PreparedArgument,
  ScriptRun,
  Substitution,
} from '../../runtime/module-exports.ts';
import { addValue, removeAt, transfer, valuesOf } from './avp-lists.ts';
import { avpIn, flagsOf, partsOf, variableIn } from './read-arguments.ts';

type Host = Pick<ModuleHost, 'log' | 'substitution' | 'version'>;

/** The functions that change which values AVPs have, or ask for them. */
export function listCommands(host: Host): Readonly<Record<string, Command>> {
  return {
    avp_delete: { prepare: ([name]) => prepareDelete(name) },
    avp_copy: { prepare: ([from, to]) => prepareCopy(host, from, to) },
    avp_subst: { prepare: ([names, expression]) => prepareSubst(host, names, expression) },
    avp_insert: { prepare: ([name, value, index]) => prepareInsert(name, value, index) },
    avp_shuffle: {
      prepare([name]) {
        const avp = avpIn(name, partsOf(name)[0]);
        return (run) => shuffle(run.avps.get(avp(run)));
      },
    },
    is_avp_set: { prepare: ([name]) => prepareIsSet(name) },
    avp_print: (run) => {
      for (const [name, values] of run.avps)
        host.log.info('ops_print_avp', `name=<${name}> values=<${values.join('>, <')}>`);
    },
  };
}

/** `$avp(x)`, `$avp(x)/g`, or letters: all AVPs. */
function prepareDelete(argument: PreparedArgument | undefined): (run: ScriptRun) => boolean {
  const [text, flagText] = partsOf(argument);
  const { g: every } = flagsOf(flagText, ['g']);
  if (!text.startsWith('$')) {
    if (!/^[*aisAIS]\d*$/.test(text))
      throw new TypeError(`bad param <${text}>, expected: *, s or i AVP flag`);
    return ({ avps }) => {
      const any = avps.size > 0;
      avps.clear();
      return any;
    };
  }
  const avp = avpIn(argument, text);
  return (run) => {
    const name = avp(run);
    if (!run.avps.has(name)) return false;
    if (every) run.avps.delete(name);
    else removeAt(run, name, 0);
    return true;
  };
}

/** Flags: `g` all values, `d` takes the source away, `n` and `s` make numbers and texts of them. */
function prepareCopy(
  { log }: Host,
  from: PreparedArgument | undefined,
  to: PreparedArgument | undefined,
): (run: ScriptRun) => boolean {
  const source = avpIn(from, partsOf(from)[0]);
  const [toText, flagText] = partsOf(to);
  const target = avpIn(to, toText);
  const { g, d, n, s } = flagsOf(flagText, ['g', 'd', 'n', 's']);
  return (run) => {
    let failed = false;
    const copied = transfer(run, source(run), target(run), { every: g, move: d }, (value) => {
      if (failed) return undefined;
      if (n && typeof value === 'string') {
        failed = !/^\d+$/.test(value);
        return failed ? undefined : Number(value) | 0;
      }
      return s && typeof value === 'number' ? String(value) : value;
    });
    if (failed) log.error('ops_copy_avp', 'cannot convert str to int');
    return copied > 0 && !failed;
  };
}

/** `$avp(from)/$avp(to)/flags`; without a target the values themselves are replaced. Flags: `g` all, `d` as in copy. */
function prepareSubst(
  host: Host,
  names: PreparedArgument | undefined,
  expression: PreparedArgument | undefined,
): (run: ScriptRun) => boolean {
  const [fromText, ...others] = partsOf(names);
  const from = avpIn(names, fromText);
  const toText = others[0]?.startsWith('$') ? others[0] : undefined;
  const to = toText === undefined ? from : avpIn(names, toText);
  const { g, d } = flagsOf(others.at(toText === undefined && others.length < 2 ? 0 : 1), ['g', 'd']);
  const substitutionOf = substitutionIn(host, expression);
  return (run) => {
    const substitution = substitutionOf(run);
    const move = d || toText === undefined;
    const change = (value: unknown) =>
      typeof value === 'string' ? substitution.apply(value, run) : undefined;
    return transfer(run, from(run), to(run), { every: g, move }, change) > 0;
  };
}

/** An expression whose pattern has variables, from 3.0 on, is made anew in each run. */
function substitutionIn(
  { substitution, version }: Host,
  argument: PreparedArgument | undefined,
): (run: ScriptRun) => Substitution {
  const { constant } = argument ?? {};
  if (!argument) throw new TypeError('an expression is missing');
  if (typeof constant !== 'string')
    return (run) => substitution(String(argument.evaluate(run) ?? ''), argument);
  const [, pattern = ''] = constant.split(constant.charAt(0));
  if (Number.parseInt(version, 10) < 3 || !/\$[a-zA-Z(]/.test(pattern)) {
    const fixed = substitution(constant, argument);
    return () => fixed;
  }
  const text = argument.text(constant);
  return (run) => substitution(text(run), argument);
}

/** Behind the last value where the index is beyond it. */
function prepareInsert(
  name: PreparedArgument | undefined,
  value: PreparedArgument | undefined,
  index: PreparedArgument | undefined,
): (run: ScriptRun) => boolean {
  const avp = avpIn(name, partsOf(name)[0]);
  return (run) => {
    const inserted = value?.evaluate(run) ?? null;
    const place = Number(index?.evaluate(run) ?? 0);
    if (inserted === null || !(place >= 0)) return false;
    const list = run.avps.get(avp(run));
    if (list) list.splice(place, 0, inserted);
    else addValue(run, avp(run), inserted);
    return true;
  };
}

function prepareIsSet(argument: PreparedArgument | undefined): (run: ScriptRun) => boolean {
  const [text, flagText] = partsOf(argument);
  const avp = avpIn(argument, text);
  const variable = variableIn(argument, text);
  const { e, s, n } = flagsOf(flagText, ['e', 's', 'n']);
  if (s && n) throw new TypeError('invalid flag combination: s and n');
  return (run) => {
    const value = valuesOf(run, avp(run)).at(Math.max(variable.index(run) ?? 0, 0));
    if (value === undefined) return false;
    if ((s && typeof value !== 'string') || (n && typeof value !== 'number')) return false;
    return !e || value === '' || value === 0;
  };
}

/** Fisher and Yates. */
function shuffle(values: unknown[] | undefined): boolean {
  for (let last = (values?.length ?? 0) - 1; values && last > 0; last--) {
    const other = Math.floor(Math.random() * (last + 1));
    [values[last], values[other]] = [values[other], values[last]];
  }
  return true;
}
