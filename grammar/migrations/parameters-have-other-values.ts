import type { ModParam } from '../ast.ts';
import { at } from '../versions/order.ts';
import { done, type MigrationContext, type MigrationRule, own, type Step } from './tools/context.ts';
import { dialogWords } from './tools/flag-words.ts';
import { removeStatement } from './tools/lines.ts';

/** The name and the value that say the same in the new version; `gone`: nothing has to be said any more. */
type Successor = { readonly name: string; readonly value: number | string } | 'gone' | undefined;

/** Parameters whose successor takes another value, by `module.parameter`. */
const successors: Readonly<Record<string, (value: number | string) => Successor>> = {
  'presence.server_address': contactUser,
  'rls.server_address': contactUser,
  'fraud_detection.use_local_time': (value) => ({ name: 'use_utc_time', value: value === 0 ? 1 : 0 }),
  'usrloc.shared_pinging': (value) => ({
    name: 'pinging_mode',
    value: value === 0 ? 'ownership' : 'cooperation',
  }),
  'cachedb_local.cache_table_size': (value) => ({ name: 'cache_collections', value: `default=${value}` }),
  // Replies have been JSON since then, which has no such indent.
  'mi_fifo.reply_indent': () => 'gone',
  'mi_datagram.reply_indent': () => 'gone',
};

/** The same parameter with words as its value. */
const words: Readonly<
  Record<string, { readonly since: string; readonly word: (value: number | string) => string | undefined }>
> = {
  'presence.cluster_federation_mode': {
    since: '3.1',
    word: (value) => (typeof value === 'string' ? undefined : value === 0 ? 'disabled' : 'on-demand-sharing'),
  },
  'script_helper.create_dialog_flags': {
    since: '4.0',
    word: (value) => dialogWords(String(value))?.join(','),
  },
};

/** `sip:sa@10.0.0.1:5060`: the user part; where there is none, what is the default will do. */
function contactUser(address: number | string): Successor {
  const [, user, host] = /^sips?:(?:([^@:;]+)@)?([^@]+)$/i.exec(String(address)) ?? [];
  if (host === undefined) return undefined;
  return user === undefined ? 'gone' : { name: 'contact_user', value: user };
}

/** Parameters under another name and with another value: an address that is a user, a switch that is a word, and so on. */
export const parametersHaveOtherValues: MigrationRule = (context) =>
  [...context.modules.keys()].flatMap((module) =>
    context.paramLinesOf(module).flatMap((line) => replace(context, line, module)),
  );

function replace(context: MigrationContext, line: ModParam, module: string): readonly Step[] {
  const { catalogue, to } = context;
  const key = `${module}.${line.name.value}`;
  const facts = at(catalogue.param(module, line.name.value), to);
  if (line.module.value !== module) return [];
  const changed = own(words, key);
  if (facts && changed && context.reaches(changed.since)) {
    const text = changed.word(line.value.value);
    if (text === undefined || text === '') return [];
    return [done(line.value.span, `${key} is "${text}"`, { span: line.value.span, text: `"${text}"` })];
  }
  if (facts) return [];
  const successor = own(successors, key)?.(line.value.value);
  if (successor === undefined) return [];
  if (successor === 'gone') {
    return [done(line.span, `${key} has nothing to say any more`, removeStatement(context, line.span))];
  }
  if (at(catalogue.param(module, successor.name), to) === undefined) return [];
  const value = typeof successor.value === 'number' ? String(successor.value) : `"${successor.value}"`;
  return [
    done(
      line.span,
      `${key} is ${successor.name} with the value ${value}`,
      { span: line.name.span, text: `"${successor.name}"` },
      { span: line.value.span, text: value },
    ),
  ];
}
