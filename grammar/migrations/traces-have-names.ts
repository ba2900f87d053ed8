import type { ModParam } from '../ast.ts';
import { spanOfCall } from './tools/calls.ts';
import { callsOf, done, type MigrationContext, type MigrationRule, type Step } from './tools/context.ts';
import { removeStatement } from './tools/lines.ts';

/** Parameters of siptrace that ended with 2.1. */
const old: ReadonlySet<string> = new Set([
  'db_url',
  'table',
  'trace_to_database',
  'duplicate_uri',
  'duplicate_with_hep',
  'trace_flag',
  'traced_user_avp',
  'enable_ack_trace',
]);

/** How the one place that was traced to is called. */
const name = 'default';

/**
 * Since 2.2 siptrace is told where a trace goes by a name: db_url, table and duplicate_uri are `trace_id`, and
 * `sip_trace()` names it. With a flag for traced messages their transactions were traced too. HEP is left: it wants a
 * module and names of its own.
 */
export const tracesHaveNames: MigrationRule = (context) => {
  if (!context.reaches('2.2') || !context.modules.has('siptrace')) return [];
  const lines = context
    .paramLinesOf('siptrace')
    .filter((line) => line.module.value === 'siptrace' && old.has(line.name.value));
  const given = (param: string) => lines.findLast((line) => line.name.value === param)?.value.value;
  const hasPlace = given('duplicate_uri') !== undefined || given('db_url') !== undefined;
  if (!hasPlace || (given('duplicate_with_hep') ?? 0) !== 0) return [];
  return [
    ...lines.map((line) => replace(context, line, given)),
    ...callsOf(context, 'sip_trace')
      .filter(({ call }) => call.arguments.length === 0)
      .map(({ call }) => {
        const text = `sip_trace(${argumentsOf(context, given)})`;
        return done(call.span, `sip_trace is ${text}`, { span: spanOfCall(context, call), text });
      }),
  ];
};

type Given = (param: string) => number | string | undefined;

function replace(context: MigrationContext, line: ModParam, given: Given): Step {
  const param = line.name.value;
  const uri = uriOf(param, line.value.value, given);
  if (uri === undefined) {
    return done(line.span, `${param} of siptrace is part of trace_id`, removeStatement(context, line.span));
  }
  const text = `"[${name}]${uri}"`;
  return done(
    line.span,
    `${param} of siptrace is trace_id`,
    { span: line.name.span, text: '"trace_id"' },
    { span: line.value.span, text },
  );
}

function uriOf(param: string, value: number | string, given: Given): string | undefined {
  if (param === 'duplicate_uri') return `uri=${value};`;
  if (param !== 'db_url' || given('trace_to_database') === 0) return undefined;
  const table = given('table');
  return `uri=${value};${table === undefined ? '' : `table=${table};`}`;
}

/** The name, what is traced, and what is stored with it. */
function argumentsOf({ reaches }: MigrationContext, given: Given): string {
  const scope = given('trace_flag') === undefined ? 'm' : 't';
  const user = given('traced_user_avp');
  const words = [name, scope, ...(user === undefined ? [] : [...(reaches('2.3') ? ['sip'] : []), user])];
  return words.map((word) => `"${word}"`).join(', ');
}
