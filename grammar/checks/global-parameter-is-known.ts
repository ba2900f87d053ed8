import type { GlobalParameter, GlobalValue } from '../ast.ts';
import type { CheckEnvironment } from '../check-environment.ts';
import { type Diagnostic, diagnostic, type Fix } from '../findings/diagnostics.ts';
import { suggest } from '../findings/suggest.ts';
import {
  describeGlobalValue,
  type GlobalSupport,
  type GlobalValueFacts,
  judgeGlobal,
} from '../global-support.ts';
import { inRange } from '../versions/order.ts';
import type { Check, CheckContext } from './facts/context.ts';

/** Every global parameter exists in some version, and its value is of the kind that it takes. */
export const globalParameterIsKnown: Check = (context) =>
  context.config.items.flatMap((item) => (item.kind === 'GlobalParameter' ? judge(item, context) : []));

function judge(item: GlobalParameter, { environment, version }: CheckContext): readonly Diagnostic[] {
  const name = item.name.text;
  const { value, span: context } = item;
  const support = supportOf(name, environment);
  if (!support) return [unknown(item, environment)];
  if (value.kind === 'BrokenExpression') return [];
  if (value.kind === 'Number' && value.sign !== undefined && !takesSign(name, environment)) {
    const expected = `${describeGlobalValue(support.value)}, without a sign`;
    return [diagnostic('global-wrong-type', value.span, `${name} takes ${expected}`, { context })];
  }
  const judged = judgeGlobal(support.value, value);
  if (judged.ok) return about(item, support);
  const code = judged.wrong === 'type' ? 'global-wrong-type' : 'global-out-of-range';
  const fix = otherQuotes(support.value, value);
  const isTaken =
    environment.asked === 'opensips' && judged.wrong === 'range' && takesAnyNumber(support.value, version);
  return [
    diagnostic(code, value.span, `${name} takes ${judged.expected}`, {
      context,
      ...(isTaken && { severity: 'warning' }),
      ...(fix && { fix, help: value.kind === 'String' ? 'remove the quotes' : 'put it between quotes' }),
    }),
  ];
}

/** The same value with quotes, or without, where it would do so. */
function otherQuotes(facts: GlobalSupport['value'], value: GlobalValue): Fix | undefined {
  const { span } = value;
  const text = value.kind === 'String' ? value.value : value.kind === 'Host' ? value.text : undefined;
  if (text === undefined || !/^[\w.-]+$/.test(text)) return undefined;
  const other = otherKind(value, text);
  if (!judgeGlobal(facts, other).ok) return undefined;
  return { span, text: value.kind === 'String' ? text : `"${text}"` };
}

function otherKind({ kind, span }: GlobalValue, text: string): GlobalValue {
  if (kind !== 'String') return { kind: 'String', value: text, span };
  if (/^\d+$/.test(text)) return { kind: 'Number', value: Number(text), span };
  if (/^(?:yes|no|on|off|true|false)$/i.test(text)) return { kind: 'Number', value: 0, word: text, span };
  return { kind: 'Host', text, form: 'name', quoted: false, span };
}

/** Names of our own take what their facts say. */
function takesSign(name: string, { catalogue }: CheckEnvironment): boolean {
  const known = catalogue.global(name);
  return known.length === 0 || known.some(({ kind }) => kind.includes('signed-number'));
}

/** OpenSIPS's grammar asks for a number and seldom for its range. */
function takesAnyNumber(facts: GlobalValueFacts, version: string): boolean {
  if (facts.type !== 'number') return false;
  return facts.refusedSince === undefined || !inRange(version, { since: facts.refusedSince });
}

function supportOf(name: string, { globals, catalogue }: CheckEnvironment): GlobalSupport | undefined {
  return globals.get(name) ?? globals.get(catalogue.globalName(name) ?? name);
}

/** Names of OpenSIPS 1.x that no version from 2.1 on takes, and what is written today. */
const namesOf1x: ReadonlyMap<string, string> = new Map([
  ['disable_tcp', 'take the line out: since 2.1 there is TCP only where proto_tcp is loaded'],
  ['disable_tls', 'take the line out: since 2.1 there is TLS only where proto_tls is loaded'],
  ['port', 'write the port on the socket line: socket=udp:192.0.2.1:5060'],
]);

function unknown({ name, span }: GlobalParameter, { globals, catalogue }: CheckEnvironment): Diagnostic {
  const help = namesOf1x.get(name.text);
  if (help !== undefined) {
    return diagnostic('unknown-global', name.span, `${name.text} is a global parameter of OpenSIPS 1.x`, {
      context: span,
      help,
    });
  }
  const near = suggest(name.text, [...catalogue.globalNames, ...globals.keys()]);
  return diagnostic('unknown-global', name.span, `there is no global parameter ${name.text}`, {
    context: span,
    ...(near !== undefined && { help: `did you mean ${near}?`, fix: { span: name.span, text: near } }),
  });
}

function about({ name, span }: GlobalParameter, support: GlobalSupport): readonly Diagnostic[] {
  const details = { context: span, ...(support.why !== undefined && { why: support.why }) };
  switch (support.support) {
    case 'works':
      return [];
    case 'no effect':
      return [
        diagnostic('global-without-effect', name.span, `${name.text} changes nothing in tsips`, details),
      ];
    case 'later':
      return [diagnostic('global-not-yet', name.span, `${name.text} is not followed yet`, details)];
  }
}
