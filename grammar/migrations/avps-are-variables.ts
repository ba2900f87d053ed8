import type { Call } from '../ast.ts';
import { done, type MigrationContext, type MigrationRule, nodesOf, own, type Step } from './tools/context.ts';

/** The functions of avpops that went with it in 3.5, as the core says the same: with the texts of their arguments. */
const asStatements: Readonly<Record<string, (...given: readonly string[]) => string | undefined>> = {
  avp_delete: (avp) => {
    const [, name = '', all] = /^(\$avp\([^()$]+\))(\/g)?$/.exec(avp ?? '') ?? [];
    return name === '' ? undefined : `${all ? `$(${name.slice(1)}[*])` : name} = NULL`;
  },
  avp_copy: (from, to) => (isAvp(from) && isAvp(to) ? `${to} = ${from}` : undefined),
  avp_pushto: (to, from) =>
    isAvp(from) && /^\$(?:ru|du|rU|rd|br)$/.test(to ?? '') ? `${to} = ${from}` : undefined,
};

const isAvp = (text: string | undefined) => /^\$avp\([^()$]+\)$/.test(text ?? '');

/**
 * avpops went in 3.5: what asks, deletes and copies AVPs is said with the variables themselves. Forms with more flags
 * are left.
 */
export const avpsAreVariables: MigrationRule = (context) => {
  if (!context.reaches('3.5')) return [];
  return [
    ...nodesOf(context.config, 'Block').flatMap(({ statements }) =>
      statements.flatMap((one) => (one.kind === 'Call' ? replace(context, one, statementOf(one)) : [])),
    ),
    ...nodesOf(context.config, 'StatementExpression').flatMap(({ statement }) =>
      statement.kind === 'Call' ? replace(context, statement, questionOf(statement)) : [],
    ),
  ];
};

function statementOf(call: Call): string | undefined {
  const { text } = call.name;
  return own(asStatements, text)?.(...textsOf(call));
}

function questionOf(call: Call): string | undefined {
  const [avp] = textsOf(call);
  return call.name.text === 'is_avp_set' && isAvp(avp) ? `(${avp} != NULL)` : undefined;
}

function textsOf(call: Call): readonly string[] {
  return call.arguments.map((argument) => (argument.kind === 'String' ? argument.value : ''));
}

function replace({ text }: MigrationContext, call: Call, now: string | undefined): readonly Step[] {
  if (now === undefined) return [];
  const span = { start: call.span.start, end: text.lastIndexOf(')', call.span.end) + 1 };
  return [done(span, `${call.name.text} is ${now}`, { span, text: now })];
}
