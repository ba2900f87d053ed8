import type { Call } from '../ast.ts';
import { fits } from './arguments-have-their-type.ts';
import { textsOf } from './tools/calls.ts';
import { done, type MigrationContext, type MigrationRule, noted, own, type Step } from './tools/context.ts';

/** What of the config and the new version decides how arguments are placed. */
interface Surroundings {
  /** drouting has partitions, which its functions then name. */
  readonly partitions: boolean;
  /** Since 3.3 the attributes of carriers stand in front of the partition. */
  readonly carrierAttributes: boolean;
}

/** The texts of the new arguments, `''` for an empty place; undefined where they stand right already. */
type Places = (given: readonly string[], surroundings: Surroundings) => readonly string[] | undefined;

const functions: Readonly<Record<string, Places>> = {
  check_address: partitionFrom(0, 6),
  check_source_address: partitionFrom(0, 3),
  get_source_group: partitionFrom(0, 1),
  ds_count: partitionFrom(0, 3),
  ds_select_dst: selectDestination,
  ds_select_domain: selectDestination,
  ds_is_in_list: ([ip = '', port = '', set = '', active = '']) => {
    const [partition, number] = splitPartition(set);
    if (partition === '' && active === '' && port !== '') return undefined;
    return [ip, port || '0', number, partition, active];
  },
  ds_mark_dst: ([partition = '', state]) => (state === undefined ? undefined : [state, partition]),
  do_routing: partitionFrom(0, 6),
  route_to_carrier: ([carrier = '', ...others], { partitions }) => {
    const [partition, name] = splitPartition(carrier);
    return partitions && partition !== '' ? place([name, ...others], 3, partition) : undefined;
  },
  route_to_gw: ([gateway = '', ...others], { partitions, carrierAttributes }) => {
    const [partition, names] = splitPartition(gateway);
    if (!partitions || partition === '') return undefined;
    return place([names, ...others], carrierAttributes ? 3 : 2, partition);
  },
  use_next_gw: leadingPartition(() => 3),
  next_routing: leadingPartition(() => 3),
  goes_to_gw: leadingPartition(({ carrierAttributes }) => (carrierAttributes ? 4 : 3)),
  is_from_gw: leadingPartition(({ carrierAttributes }) => (carrierAttributes ? 4 : 3)),
  dr_is_gw: leadingPartition(({ carrierAttributes }) => (carrierAttributes ? 5 : 4)),
  get_profile_size: ([profile = '', size = '', more]) =>
    more === undefined && size !== '' ? [profile, '', size] : undefined,
  get_dialog_info: (given) => (given.length === 4 ? [...given, '$var(dialogs)'] : undefined),
  uac_replace_from: ([uri = '', more]) => (more === undefined && uri !== '' ? ['', uri] : undefined),
  uac_replace_to: ([uri = '', more]) => (more === undefined && uri !== '' ? ['', uri] : undefined),
  get_redirects: ([both = '']) => {
    const [, total, branch] = /^\s*(\d+|\*)\s*(?::\s*(\d+|\*)\s*)?$/.exec(both) ?? [];
    if (total === undefined) return undefined;
    return branch === undefined ? [unlimited(total)] : [unlimited(total), unlimited(branch)];
  },
  mmg_lookup: (given) => (given.length === 2 ? ['', ...given] : undefined),
  cache_remove_chunk: (given) => (given.length === 1 ? ['', ...given] : undefined),
  h350_auth_lookup: ([user = '', both = '']) => splitVariables(user, both),
  ldap_result: ([attribute = '', ...subst]) => {
    const [name = '', variable = '', type = '', ...more] = attribute.split('/');
    if (variable === '' || more.length > 0) return undefined;
    return [name, variable, type, ...subst];
  },
  ldap_result_check: ([attribute = '', ...subst]) => {
    const [, name, text] = /^([^/]+)\/(.+)$/.exec(attribute) ?? [];
    return name === undefined || text === undefined ? undefined : [name, text, ...subst];
  },
  enum_pv_query: ([number = '', suffix = '', service = '']) => [suffix, service, number],
};

/** `"part:group"` in one place: the partition goes to a place of its own. */
function partitionFrom(from: number, to: number): Places {
  return (given) => {
    const [partition, rest] = splitPartition(given[from] ?? '');
    return partition === '' ? undefined : place(given.with(from, rest), to, partition);
  };
}

/** The partition stood first, where drouting has partitions. */
function leadingPartition(to: (surroundings: Surroundings) => number): Places {
  return ([partition = '', ...others], surroundings) =>
    surroundings.partitions && partition !== '' ? place(others, to(surroundings), partition) : undefined;
}

/** `"part:set"`, the algorithm, and flags and a limit in one: `"f M 5"`. */
function selectDestination([set = '', algorithm = '', third = '']: readonly string[]) {
  const [partition, number] = splitPartition(set);
  const [, flags = third, limit = ''] = /^\s*([a-zA-Z]*?)\s*[mM]?\s*(\d+)\s*$/.exec(third) ?? [];
  if (partition === '' && limit === '') return undefined;
  return [number, algorithm, flags, partition, limit];
}

function splitVariables(first: string, both: string): readonly string[] | undefined {
  const [one, other, ...more] = both.split('/');
  return one === undefined || other === undefined || more.length > 0 ? undefined : [first, one, other];
}

const unlimited = (number: string) => (number === '*' ? '0' : number);

/** What stands in front of the first colon that is not part of a variable, and what behind it. */
function splitPartition(text: string): readonly [string, string] {
  const [, front, back] =
    /^\s*((?:[^:$]|\$\w+(?:\([^)]*\))?|\$\([^)]*\)+\))+?)\s*:\s*(.*?)\s*$/.exec(text) ?? [];
  return front === undefined || back === undefined ? ['', text] : [front, back];
}

function place(given: readonly string[], to: number, text: string): readonly string[] {
  return [...Array.from({ length: to }, (_none, at) => given[at] ?? ''), text];
}

/**
 * What stood in one argument with a separator, or in another order, is an argument of its own since 3.0: partitions,
 * limits, flags. Up to 2.4 all arguments are strings, so what has another one is of the new form.
 */
export const argumentsStandApart: MigrationRule = (context) => {
  if (!context.reaches('3.0')) return [];
  const surroundings = {
    partitions: context
      .paramLinesOf('drouting')
      .some(({ name, value }) => name.value === 'use_partitions' && value.value !== 0),
    carrierAttributes: context.reaches('3.3'),
  };
  return context.script.calls.flatMap(({ call }) => {
    const places = own(functions, call.name.text);
    const given = places && isOld(context, call) ? textsOf(context, call) : undefined;
    const now = given && places?.(given, surroundings);
    if (!now) return [];
    const isAccounted = call.name.text === 'get_redirects' && call.arguments.length > 1;
    return [
      replace(context, call, now),
      ...(isAccounted ? [noted(call.span, 'get_redirects writes no record for accounting any more')] : []),
    ];
  });
};

/** It is of a file of 2.x, or of no form that the new version takes. */
function isOld(context: MigrationContext, { name, arguments: given }: Call): boolean {
  if (given.length === 0) return false;
  const signatures = context.signaturesOf(name.text, 'function');
  return context.crosses('3.0') || !signatures.some((facts) => fits(given, facts));
}

function replace({ text }: MigrationContext, call: Call, now: readonly string[]): Step {
  const last = now.findLastIndex((one) => one !== '');
  const written = now.slice(0, last + 1).map((one) => (one === '' ? '' : `"${one}"`));
  const start = text.indexOf('(', call.name.span.end) + 1;
  const span = { start, end: call.arguments.at(-1)?.span.end ?? start };
  return done(call.span, `${call.name.text}: each value is an argument of its own`, {
    span,
    text: written.join(', '),
  });
}
