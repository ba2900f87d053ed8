import type { Call } from '../ast.ts';
import { at } from '../versions/order.ts';
import { done, left, type MigrationContext, type MigrationRule, own, type Step } from './tools/context.ts';

/** Functions whose successor is called in another way, with what to do. */
const otherwise: Readonly<Record<string, string>> = {
  exec_msg: 'write exec(command, $mb), which gives the message to the command as its input',
  exec_getenv: 'set the variable to $env(NAME), which is of cfgutils',
  fetch_event_params: 'set variables to $param(NAME)',
  avp_insert: 'set the variable, a new value stands in front of the others',
  exec_dset:
    'write exec(command, , $avp(lines)), which gets a value for each line, and set $ru and branches to them',
  exec_avp: 'write exec(command, , $avp(lines)), which gets a value for each line, and set the AVPs to them',
  is_avp_set: 'compare the variable with NULL',
  avp_delete: 'set the variable to NULL',
  avp_copy: 'set one variable to the other, and the old one to NULL where it goes',
  avp_pushto: 'set what it names to the variable',
  avp_check: 'compare the variable',
  avp_op: 'calculate with the variable',
  avp_subst: 'set the variable to its own value with {re.subst,...}',
  avp_shuffle: 'there is nothing like it',
  is_user: 'compare $au with the name',
  check_to: 'ask db_is_to_authorized of auth_db',
  check_from: 'ask db_is_from_authorized of auth_db',
  filter_body: 'remove the other parts with remove_body_part(type)',
};

/** Functions of the core and of modules under another name with the same arguments. */
export const functionsHaveTheirNames: MigrationRule = (context) =>
  context.script.calls.flatMap(({ call, as }) => {
    const name = call.name.text;
    const kind = as === 'async' ? 'async' : 'function';
    if (context.signaturesOf(name, kind).length > 0) return [];
    const advice = own(otherwise, name);
    if (advice !== undefined) {
      const isGone = at(context.catalogue.function(name), context.to) === undefined;
      return isGone ? [left(call.span, `the function ${name} is gone`, advice)] : [];
    }
    return rename(context, call, kind);
  });

function rename(context: MigrationContext, call: Call, kind: 'function' | 'async'): readonly Step[] {
  const name = call.name.text;
  const owners = ['', ...[...context.modules.keys()], ...formerModules];
  for (const owner of owners) {
    const successor = context.catalogue.renamed('function', name, owner === '' ? undefined : owner);
    if (successor?.to === undefined || (successor.to === name && successor.toModule !== 'core')) continue;
    const home = successor.toModule ?? (owner === '' ? 'core' : owner);
    const chapter = home === 'core' ? context.catalogue.core : context.modules.get(home)?.chapter;
    // A call without arguments keeps the form of before.
    const to = name === 'append_branch' && call.arguments.length === 0 ? 'append_branch_old' : successor.to;
    if (!chapter || at(chapter.find(kind, to), context.to) === undefined) continue;
    const edits = [{ span: call.name.span, text: call.parentheses ? to : `${to}()` }];
    return [done(call.name.span, `${name} is now ${to}`, ...edits)];
  }
  return [];
}

/** Modules that gave their functions to others under another name. */
const formerModules: readonly string[] = ['siptrace', 'avpops', 'rabbitmq'];
