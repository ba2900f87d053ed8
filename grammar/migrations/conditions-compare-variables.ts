import type { Comparison, Expression, Operand } from '../ast.ts';
import {
  done,
  type Edit,
  left,
  type MigrationContext,
  type MigrationRule,
  nodesOf,
  type Step,
} from './tools/context.ts';

/** The variable of each operand of 2.1 to 2.3; those of the receiving socket have another name since 3.1. */
const variables: Readonly<Record<string, string>> = {
  method: '$rm',
  uri: '$ru',
  from_uri: '$fu',
  to_uri: '$tu',
  src_ip: '$si',
  src_port: '$sp',
  dst_ip: '$Ri',
  dst_port: '$Rp',
  proto: '$proto',
  af: '$af',
  status: '$rs',
  'msg:len': '$ml',
  // The size of a buffer of OpenSIPS, the longest message that it takes.
  max_len: '65535',
};

/** What `myself` asks of each operand: the host. */
const hosts: Readonly<Record<string, string>> = {
  uri: '$rd',
  from_uri: '$fd',
  to_uri: '$td',
  src_ip: '$si',
  dst_ip: '$Ri',
};

/** `uri==myself` is `is_myself("$rd")` since 2.4, `method`, `src_ip` and the like are variables. */
export const conditionsCompareVariables: MigrationRule = (context) => {
  if (!context.reaches('2.4')) return [];
  return nodesOf(context.config, 'Comparison').flatMap((comparison) => {
    const { left: one, right: other } = comparison;
    if (isMyself(one)) return askMyself(context, comparison, other);
    if (isMyself(other)) return askMyself(context, comparison, one);
    return [...compare(context, one, other, comparison), ...maxLength(context, other)];
  });
};

const isMyself = (side: Expression) => side.kind === 'Operand' && side.name === 'myself';

function askMyself(
  context: MigrationContext,
  { span, operator }: Comparison,
  side: Expression,
): readonly Step[] {
  const host = side.kind === 'Operand' ? hosts[side.name] : undefined;
  if (host === undefined || (operator !== '==' && operator !== '!=')) {
    return [left(span, 'myself is no operand any more', 'ask is_myself(HOST)')];
  }
  const call = `is_myself("${newest(context, host)}")`;
  const text = operator === '!=' ? `!${call}` : call;
  return [done(span, `${context.written(span)} is now ${text}`, { span, text })];
}

function compare(
  context: MigrationContext,
  operand: Expression,
  other: Expression,
  { span }: Comparison,
): readonly Step[] {
  if (operand.kind !== 'Operand') return [];
  const name = variables[operand.name];
  if (name === undefined) return [left(span, `${operand.name} is no operand any more`, 'compare a variable')];
  const text = newest(context, name);
  const edits: Edit[] = [{ span: operand.span, text }];
  if (other.kind === 'Word' || (other.kind === 'Host' && other.form === 'name')) {
    const word = operand.name === 'proto' ? other.text.toLowerCase() : other.text;
    edits.push({ span: other.span, text: `"${word}"` });
  }
  return [done(operand.span, `${operand.name} is now ${text}`, ...edits)];
}

function maxLength({ written }: MigrationContext, side: Expression): readonly Step[] {
  if (side.kind !== 'Operand' || side.name !== 'max_len') return [];
  return [done(side.span, `${written(side.span)} is 65535`, { span: side.span, text: maximum(side) })];
}

const maximum = ({ name }: Operand) => variables[name] ?? '65535';

/** The name since 3.1, where there is one. */
function newest({ reaches }: MigrationContext, variable: string): string {
  const name = variable.slice(1);
  const part = socketParts[name];
  return part !== undefined && reaches('3.1') ? `$socket_in(${part})` : variable;
}

/** The variables of the socket that a message came by, and what they are of it since 3.1. */
export const socketParts: Readonly<Record<string, string>> = {
  Ri: 'ip',
  Rp: 'port',
  pr: 'proto',
  proto: 'proto',
  af: 'af',
};
