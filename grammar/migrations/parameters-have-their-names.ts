import type { ModParam } from '../ast.ts';
import { at } from '../versions/order.ts';
import { done, left, type MigrationContext, type MigrationRule, own, type Step } from './tools/context.ts';
import { namesOfPattern, removeStatement } from './tools/lines.ts';

/** Parameters whose successor takes another value, by `module.parameter`, with what to do. */
const otherwise: Readonly<Record<string, string>> = {
  ...forAll(['log', 'db', 'aaa', 'evi'], (kind) => ({
    [`acc.${kind}_extra`]:
      'write extra_fields with the names alone, and set $acc_extra(NAME) in the script, for a reply in an onreply_route',
    [`acc.${kind}_extra_bye`]:
      'write extra_fields with the names alone, and set $acc_extra(NAME) for the BYE before its dialog is matched',
  })),
  'acc.multi_leg_info':
    'write leg_fields with the names alone; acc_new_leg() makes a leg and $acc_leg(NAME) is a value of it',
  'acc.multi_leg_bye_info':
    'write leg_fields with the names alone; acc_new_leg() makes a leg and $acc_leg(NAME) is a value of it',
  ...forAll(['siptrace', 'tracer'], (module) => ({
    [`${module}.trace_flag`]: 'call sip_trace() or trace() where the flag is set',
    [`${module}.db_url`]: 'write trace_id with "[ID]uri=URL;table=TABLE"',
    [`${module}.table`]: 'write trace_id with "[ID]uri=URL;table=TABLE"',
    [`${module}.duplicate_uri`]: 'write trace_id with "[ID]uri=URI", and for HEP the names of proto_hep',
    [`${module}.duplicate_with_hep`]: 'write trace_id with "[ID]uri=hep:NAME", and hep_id of proto_hep',
  })),
  'uac_redirect.acc_function': 'account for what was redirected in the script',
  'uac_redirect.acc_db_table': 'account for what was redirected in the script',
  'proto_tcp.tcp_parallel_handling':
    'take it out, threads of the core read and write since 4.0 (tcp_threads)',
  'presence.server_address': 'write contact_user with the user part of the address alone',
  'rls.server_address': 'write contact_user with the user part of the address alone',
  'tls_mgm.client_domain_avp':
    'write client_sip_domain_avp, or client_tls_domain_avp for the name of a domain',
  'db_mysql.tls_client_domain': 'write use_tls=1 and put tls_domain=NAME into the URL of the database',
  'usrloc.db_mode': 'write working_mode_preset with the name of the mode',
};

function forAll(
  names: readonly string[],
  entries: (name: string) => Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(names.flatMap((name) => Object.entries(entries(name))));
}

/** Former modules whose parameters the module of their new name has under another name. */
const formerly: Readonly<Record<string, readonly string[]>> = {
  mi_html: ['mi_http'],
  mi_http: ['mi_json'],
  mi_xmlrpc: ['mi_xmlrpc_ng'],
  sqlops: ['avpops'],
  tracer: ['siptrace'],
};

/** Parameters of modules under another name with the same value: fr_timer, contactid_column, current_id … */
export const parametersHaveTheirNames: MigrationRule = (context) =>
  [...context.modules.keys()].flatMap((module) =>
    context.paramLinesOf(module).flatMap((line) => rename(context, line, module)),
  );

function rename(context: MigrationContext, line: ModParam, module: string): readonly Step[] {
  const { catalogue, to } = context;
  const name = line.name.value;
  if (at(catalogue.param(module, name), to) || catalogue.module(module) === undefined) return [];
  const reason = `the parameter ${name} of ${module} is gone`;
  const advice = own(otherwise, `${module}.${name}`);
  if (advice !== undefined) return existed(context, module, name) ? [left(line.span, reason, advice)] : [];
  if (isUseless(module, name) && existed(context, module, name)) {
    return [done(line.span, `${reason} and changed nothing`, removeStatement(context, line.span))];
  }
  const successors = [module, ...(own(formerly, module) ?? [])].flatMap(
    (owner) => catalogue.renamed('param', name, owner) ?? [],
  );
  const successor = successors.find(
    (one) => !one.documented && (one.toModule ?? module) === module && one.to !== undefined,
  );
  if (successor?.to === undefined || at(catalogue.param(module, successor.to), to) === undefined) return [];
  if ((namesOfPattern(line) ?? []).length !== 1 || /value syntax/.test(successor.note ?? '')) {
    return [left(line.span, reason, `write ${successor.to}${successor.note ? `: ${successor.note}` : ''}`)];
  }
  if (replicated.test(name) && isGiven(context, module, successor.to, line)) {
    return [done(line.span, `${reason}: ${successor.to} is given`, removeStatement(context, line.span))];
  }
  const quote = context.written(line.name.span).charAt(0);
  const edit = { span: line.name.span, text: `${quote}${successor.to}${quote}` };
  return [done(line.name.span, `${name} of ${module} is now ${successor.to}`, edit)];
}

/** Two parameters that became one cluster. */
const replicated = /replicat|accept_pipes/;

function isUseless(module: string, name: string): boolean {
  return module === 'sqlops' && name === 'buf_size';
}

function existed({ catalogue }: MigrationContext, module: string, name: string): boolean {
  const owners = [module, ...(own(formerly, module) ?? [])];
  return owners.some((owner) => catalogue.param(owner, name).length > 0);
}

/** The successor is there already, or a line above becomes it. */
function isGiven(context: MigrationContext, module: string, successor: string, line: ModParam): boolean {
  return context
    .paramLinesOf(module)
    .some(
      ({ name, span }) =>
        name.value === successor ||
        (span.start < line.span.start &&
          context.catalogue.renamed('param', name.value, module)?.to === successor),
    );
}
