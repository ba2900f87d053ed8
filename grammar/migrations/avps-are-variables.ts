import { placedCalls, replaceStatement, spanOfCall, textsOf } from './tools/calls.ts';
import { done, type MigrationContext, type MigrationRule, noted, own } from './tools/context.ts';

/** The statements that say the same; undefined: none do. */
type Statements = (context: MigrationContext, ...given: readonly string[]) => readonly string[] | undefined;

/** The functions of avpops that went with it in 3.5, as the core says the same: with the texts of their arguments. */
const asStatements: Readonly<Record<string, Statements>> = {
  avp_delete: (_context, avp = '') => {
    const [, name = '', all] = /^(\$avp\([^()$]+\))(\/[gG])?$/.exec(avp) ?? [];
    return name === '' ? undefined : [`${all ? `$(${name.slice(1)}[*])` : name} = NULL`];
  },
  avp_copy: (_context, from = '', target = '') => {
    const [, to = '', flags = ''] = /^(\$avp\([^()$]+\))(?:\/([dDnN]*))?$/.exec(target) ?? [];
    if (!isAvp(from) || to === '') return undefined;
    const value = /n/i.test(flags) ? `$(${from.slice(1)}{s.int})` : from;
    return [`${to} = ${value}`, ...(/d/i.test(flags) ? [`${from} = NULL`] : [])];
  },
  avp_pushto: (context, to = '', from = '') => {
    const target = own(pushedTo, to) ?? (to === '$br' ? newBranch(context) : undefined);
    return target !== undefined && isVariable(from) ? [`${target} = ${from}`] : undefined;
  },
  avp_op: (_context, both = '', operation = '') => {
    const [, from = '', to = from] = /^(\$avp\([^()$]+\))(?:\/(\$avp\([^()$]+\)))?$/.exec(both) ?? [];
    const [, name = '', value = '', flag] =
      /^(\w+)\/(\$\w+(?:\([^()$]+\))?|(?:i:)?(?:0x[0-9a-fA-F]+|\d+))(?:\/([dD]))?$/.exec(operation) ?? [];
    const operator = own(operators, name);
    if (from === '' || operator === undefined || (flag !== undefined && from === to)) return undefined;
    const sum = `${to} = ${from} ${operator} ${value.replace(/^i:/, '')}`;
    return [sum, ...(flag === undefined ? [] : [`${from} = NULL`])];
  },
  avp_subst: (_context, both = '', subst = '') => {
    const [, from = '', to] = /^(\$avp\([^()$]+\))(?:\/(\$avp\([^()$]+\)))?$/.exec(both) ?? [];
    // A brace would end the transformation.
    if (from === '' || subst === '' || /[{}]/.test(subst)) return undefined;
    // Outside of quotes a backslash is written once.
    const value = `$(${from.slice(1)}{re.subst,${subst.replaceAll('\\\\', '\\')}})`;
    return [to === undefined ? `${from} := ${value}` : `${to} = ${value}`];
  },
};

/** What stood in a condition, as an expression in parentheses. */
const asQuestions: Readonly<Record<string, (...given: readonly string[]) => string | undefined>> = {
  is_avp_set: (text = '') => {
    const [, avp = '', flag] = /^(\$avp\([^()$]+\))(?:\/([eEnNsS]))?$/.exec(text) ?? [];
    return avp === '' ? undefined : `(${avp} ${/e/i.test(flag ?? '') ? '== ""' : '!= NULL'})`;
  },
  avp_check: (variable = '', check = '') => {
    const [, operator = '', value = ''] = /^(eq|ne|lt|le|gt|ge|re)\/([^/]+)$/.exec(check) ?? [];
    const sign = own(comparisons, operator);
    const compared = comparedValue(operator, value);
    if (!isVariable(variable) || sign === undefined || compared === undefined) return undefined;
    return `(${variable} ${sign} ${compared})`;
  },
};

const pushedTo: Readonly<Record<string, string>> = {
  $ru: '$ru',
  '$ru/username': '$rU',
  '$ru/domain': '$rd',
  $du: '$du',
};

/** The variable that makes a branch when it is assigned to. */
const newBranch = ({ reaches }: MigrationContext) => (reaches('3.6') ? '$msg.branch' : '$branch');

const operators: Readonly<Record<string, string>> = {
  add: '+',
  sub: '-',
  mul: '*',
  div: '/',
  mod: '%',
  and: '&',
  or: '|',
  xor: '^',
};
const comparisons: Readonly<Record<string, string>> = {
  eq: '==',
  ne: '!=',
  lt: '<',
  le: '<=',
  gt: '>',
  ge: '>=',
  re: '=~',
};

/** A variable, an integer `i:5`, or a text, which has no order in conditions. */
function comparedValue(operator: string, value: string): string | undefined {
  if (isVariable(value)) return value;
  if (/^i:(?:0x[0-9a-fA-F]+|\d+)$/.test(value)) return operator === 're' ? undefined : value.slice(2);
  const isOrder = operator !== 'eq' && operator !== 'ne' && operator !== 're';
  return isOrder || value.includes('$') ? undefined : `"${value.replace(/^s:/, '')}"`;
}

const isAvp = (text: string) => /^\$avp\([^()$]+\)$/.test(text);
const isVariable = (text: string) => /^\$\w+(?:\([^()$]+\))?$/.test(text);

/**
 * avpops went in 3.5: what asks, deletes, copies and calculates is said with the variables themselves. Forms for all
 * values of an AVP are left.
 */
export const avpsAreVariables: MigrationRule = (context) => {
  if (!context.reaches('3.5')) return [];
  return placedCalls(context).flatMap((placed) => {
    const { call, as } = placed;
    const given = textsOf(context, call) ?? [];
    const { text: name } = call.name;
    if (as === 'statement') {
      const now = own(asStatements, name)?.(context, ...given);
      return now ? [done(call.span, `${name} is ${now[0]}`, replaceStatement(context, placed, now))] : [];
    }
    const now = own(asQuestions, name)?.(...given);
    if (now === undefined) return [];
    const asksType = name === 'is_avp_set' && /\/[ns]$/i.test(given[0] ?? '');
    return [
      done(call.span, `${name} is ${now}`, { span: spanOfCall(context, call), text: now }),
      ...(asksType
        ? [noted(call.span, 'whether the value is a number or a text is not asked any more')]
        : []),
    ];
  });
};
