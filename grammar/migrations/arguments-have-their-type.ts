import type { Argument, Call, StringLiteral } from '../ast.ts';
import type { FunctionFacts } from '../catalogue.ts';
import { faultByCatalogue } from '../checks/facts/arguments.ts';
import {
  done,
  type Edit,
  left,
  type MigrationContext,
  type MigrationRule,
  type Step,
} from './tools/context.ts';
import { onlyVariable } from './tools/strings.ts';

/**
 * Arguments as the signature wants them since 3.0 (core functions: 3.1): integers and variables without quotes,
 * `"10"` is 10 and `"$avp(x)"` is $avp(x); names and addresses in quotes; nothing behind the last one.
 */
export const argumentsHaveTheirType: MigrationRule = (context) =>
  context.script.calls.flatMap(({ call, as }) => {
    const signatures = context.signaturesOf(call.name.text, as === 'async' ? 'async' : 'function');
    if (signatures.length === 0 || signatures.some((facts) => fits(call.arguments, facts))) return [];
    const ways = signatures.map((facts) => convert(context, call, facts));
    const way = ways.find((edits) => edits !== undefined && edits.length > 0);
    if (way) {
      const message = `${call.name.text}: arguments have types, integers and variables stand without quotes`;
      return [done(call.span, message, ...way)];
    }
    return [unfit(call, signatures)];
  });

/** The arguments are as the signature wants them. */
export function fits(given: readonly Argument[], facts: FunctionFacts): boolean {
  return faultByCatalogue(given, facts, 'strict') === undefined && !endsEmpty(given, facts);
}

/** Since 3.0 an empty place behind the last parameter is one too many. */
function endsEmpty(given: readonly Argument[], { params }: FunctionFacts): boolean {
  return params !== undefined && given.length > params.length;
}

/** The edits that make the arguments fit; undefined where not all of them can be. */
function convert(context: MigrationContext, call: Call, facts: FunctionFacts): readonly Edit[] | undefined {
  const { params } = facts;
  if (params === undefined) return undefined;
  const last = call.arguments.findLastIndex((one) => one.kind !== 'EmptyArgument');
  if (last >= params.length) return undefined;
  if (params.some((kind, place) => !kind.includes('?') && isMissing(call.arguments[place]))) return undefined;
  const edits: Edit[] = [];
  for (const [place, argument] of call.arguments.slice(0, last + 1).entries()) {
    const kind = params[place] ?? 's';
    if (fits([argument], { min: 1, max: 1, params: [kind] })) continue;
    const text = convertOne(context, argument, kind);
    if (text === undefined) return undefined;
    edits.push({ span: argument.span, text });
  }
  const end = call.arguments[last]?.span.end;
  if (call.arguments.length > params.length && end !== undefined) {
    const close = call.arguments.at(-1)?.span.end ?? end;
    edits.push({ span: { start: end, end: close }, text: '' });
  }
  return edits;
}

const isMissing = (argument: Argument | undefined) =>
  argument === undefined || argument.kind === 'EmptyArgument';

function convertOne(context: MigrationContext, argument: Argument, kind: string): string | undefined {
  const isNamed = argument.kind === 'Word' || argument.kind === 'Host' || argument.kind === 'SocketName';
  switch (kind[0]) {
    case 'i':
      return argument.kind === 'String' ? integerOf(context, argument, kind) : undefined;
    case 'v':
      return argument.kind === 'String' ? onlyVariable(context, argument) : undefined;
    default:
      if (argument.kind === 'Number' || isNamed || argument.kind === 'IpNetwork') {
        return `"${context.written(argument.span).replace(/^"|"$/g, '')}"`;
      }
      return undefined;
  }
}

/** A number in quotes is decimal, whatever zeros stand in front; without them it would be octal. */
function integerOf(context: MigrationContext, string: StringLiteral, kind: string): string | undefined {
  const text = string.value.trim();
  if (/^[-+]?\d+$/.test(text)) return String(Number(text));
  if (/^0x[0-9a-f]+$/i.test(text)) return text;
  return kind.includes('=') ? undefined : onlyVariable(context, string);
}

function unfit(call: Call, signatures: readonly FunctionFacts[]): Step {
  const [facts] = signatures;
  const counts = facts && facts.min === facts.max ? `${facts.min}` : `${facts?.min} to ${facts?.max}`;
  const kinds = facts?.params?.map(
    (kind) => kindText[kind[0] ?? ''] + (kind.includes('?') ? ' or nothing' : ''),
  );
  const advice =
    kinds === undefined
      ? `it takes ${counts} arguments`
      : `it takes ${kinds.length === 0 ? 'nothing' : kinds.join(', ')}`;
  return left(call.span, `these arguments do not fit ${call.name.text}`, advice);
}

const kindText: Readonly<Record<string, string>> = {
  i: 'an integer',
  s: 'a string',
  v: 'a variable',
  r: 'a regular expression',
};
