import type { Argument, ModParam } from '../ast.ts';
import { type PlacedCall, placedCalls, replaceStatement, spanOfCall } from './tools/calls.ts';
import {
  callsOf,
  done,
  groupBy,
  left,
  type MigrationContext,
  type MigrationRule,
  own,
  type Step,
} from './tools/context.ts';
import { renameInPattern } from './tools/lines.ts';

/** What a flag of acc asked for: records of a kind, or more of all records. */
interface Role {
  readonly type?: 'log' | 'db' | 'aaa' | 'evi';
  readonly option?: 'missed' | 'failed' | 'cdr';
}

const roles: Readonly<Record<string, Role>> = {
  log_flag: { type: 'log' },
  log_missed_flag: { type: 'log', option: 'missed' },
  db_flag: { type: 'db' },
  db_missed_flag: { type: 'db', option: 'missed' },
  aaa_flag: { type: 'aaa' },
  aaa_missed_flag: { type: 'aaa', option: 'missed' },
  evi_flag: { type: 'evi' },
  evi_missed_flag: { type: 'evi', option: 'missed' },
  failed_transaction_flag: { option: 'failed' },
  cdr_flag: { option: 'cdr' },
};

/**
 * The flags of acc went with 2.2: `setflag(ACC_DO)` is `do_accounting("log")`, `resetflag(ACC_DO)` drops it. A flag
 * that is asked for as well is set as before.
 */
export const accountingIsAskedForByFunction: MigrationRule = (context) => {
  if (!context.reaches('2.2') || !context.modules.has('acc')) return [];
  const lines = context.paramLinesOf('acc').filter(({ name }) => own(roles, name.value) !== undefined);
  if (lines.length === 0) return [];
  const flags = groupBy(lines, ({ value }) => String(value.value));
  const types = new Set(lines.flatMap(({ name }) => own(roles, name.value)?.type ?? []));
  return [
    ...lines.flatMap((line) => removeParam(context, line)),
    ...placedCalls(context).flatMap((placed) => {
      const flag = flagOf(placed);
      const params = flag === undefined ? undefined : flags.get(flag);
      if (flag === undefined || params === undefined || types.size === 0) return [];
      const asked = params.flatMap(({ name }) => own(roles, name.value) ?? []);
      return replace(
        context,
        placed,
        callsFor(placed.call.name.text, asked, [...types]),
        isRead(context, flag),
      );
    }),
  ];
};

function removeParam(context: MigrationContext, line: ModParam): readonly Step[] {
  const message = `${line.name.value} of acc is do_accounting()`;
  const edit = renameInPattern(context, line, 'acc', undefined);
  return edit ? [done(line.span, message, edit)] : [left(line.span, message, 'take it out of the pattern')];
}

function flagOf({ call }: PlacedCall): string | undefined {
  const [flag] = call.arguments;
  if (call.name.text !== 'setflag' && call.name.text !== 'resetflag') return undefined;
  return flag === undefined || call.arguments.length > 1 ? undefined : wordOf(flag);
}

function wordOf(argument: Argument): string | undefined {
  switch (argument.kind) {
    case 'Number':
    case 'String':
      return String(argument.value);
    case 'Word':
    case 'Host':
      return argument.text;
    default:
      return undefined;
  }
}

/** Each kind of records with what is asked of it; kinds with the same options in one call. */
function callsFor(name: string, asked: readonly Role[], all: readonly string[]): readonly string[] {
  const named = new Set<string>(asked.flatMap(({ type }) => type ?? []));
  const ofAll = asked.flatMap(({ type, option }) => (type === undefined && option ? [option] : []));
  const optionsOf = (type: string): readonly string[] => {
    const isMissed = asked.some((one) => one.type === type && one.option === 'missed');
    const isWhole = asked.some((one) => one.type === type && one.option === undefined);
    // Dropping records of a kind drops all that is asked of it.
    if (name === 'resetflag' && isWhole) return [];
    return ['cdr', 'missed', 'failed'].filter((one) =>
      one === 'missed' ? isMissed : ofAll.some((other) => other === one),
    );
  };
  const groups = groupBy(named.size > 0 ? [...named] : all, (type) => optionsOf(type).join('|'));
  const successor = name === 'setflag' ? 'do_accounting' : 'drop_accounting';
  return [...groups].map(([options, types]) => {
    const more = options === '' ? '' : `, "${options}"`;
    return `${successor}("${types.join('|')}"${more})`;
  });
}

/** Something asks for the flag itself. */
function isRead(context: MigrationContext, flag: string): boolean {
  return callsOf(context, 'isflagset').some(({ call }) => call.arguments.some((one) => wordOf(one) === flag));
}

function replace(
  context: MigrationContext,
  placed: PlacedCall,
  calls: readonly string[],
  isKept: boolean,
): readonly Step[] {
  const { call, as } = placed;
  const span = spanOfCall(context, call);
  const now = isKept ? [context.written(span), ...calls] : calls;
  const message = `${context.written(span)} is ${calls.join(' and ')}`;
  if (as === 'question' && now.length > 1)
    return [left(call.span, message, 'write it where it is a statement')];
  return [done(call.span, message, replaceStatement(context, placed, now))];
}
