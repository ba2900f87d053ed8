import type { ModParam } from '../ast.ts';
import { tlsDomainAttributes } from '../catalogue/tls-domain-params.ts';
import { done, type Edit, type MigrationContext, type MigrationRule, type Step } from './tools/context.ts';
import { insertLineAfter, insertLineBefore } from './tools/lines.ts';
import { requote } from './tools/strings.ts';

/**
 * The values of tls_mgm: `id:value` is `[id]value` since 2.3. Since 3.0 a domain is a name, what it is for stands in
 * match_ip_address and match_sip_domain, and a value without a name, which was of the default domain, needs one.
 */
export const tlsDomainsHaveNames: MigrationRule = (context) => {
  if (!context.reaches('2.3') || !context.modules.has('tls_mgm')) return [];
  const lines = context.paramLinesOf('tls_mgm').filter(({ module, value }) => {
    return module.value === 'tls_mgm' && value.kind === 'String';
  });
  const domains = lines.flatMap((line) => domainOf(line) ?? []);
  return [
    ...lines.flatMap((line) => nameInBrackets(context, line, domains)),
    ...(context.reaches('3.0') ? domains.flatMap((domain) => matchOf(context, domain)) : []),
    ...(context.reaches('3.0') ? defaultDomain(context, lines, domains) : []),
  ];
};

interface Domain {
  readonly line: ModParam;
  readonly side: 'server' | 'client';
  readonly name: string;
  /** What stood behind the `=`: an address with a port, or the name of a host. */
  readonly place: string | undefined;
}

function domainOf(line: ModParam): Domain | undefined {
  if (line.name.value !== 'server_domain' && line.name.value !== 'client_domain') return undefined;
  const [name = '', ...place] = String(line.value.value).split('=');
  const side = line.name.value === 'server_domain' ? 'server' : 'client';
  return { line, side, name, place: place.length === 0 ? undefined : place.join('=') };
}

function nameInBrackets(
  context: MigrationContext,
  line: ModParam,
  domains: readonly Domain[],
): readonly Step[] {
  const { name, value } = line;
  if (!tlsDomainAttributes.has(name.value) || value.kind !== 'String') return [];
  const domain = domains.find((one) => value.value.startsWith(`${one.name}:`));
  if (!domain) return [];
  const text = `[${domain.name}]${value.value.slice(domain.name.length + 1)}`;
  return [done(value.span, `the domain of ${name.value} stands in brackets`, requote(context, value, text))];
}

function matchOf(context: MigrationContext, { line, name, place }: Domain): readonly Step[] {
  const { value } = line;
  if (place === undefined || value.kind !== 'String') return [];
  const isAddress = /^(?:\[[0-9a-f:.]+\]|[\d.]+|any)(?::\d+)?$/i.test(place);
  const param = isAddress ? 'match_ip_address' : 'match_sip_domain';
  const more = insertLineAfter(context, line.span, `modparam("tls_mgm", "${param}", "[${name}]${place}")`);
  const message = `what the domain ${name} is for stands in ${param}`;
  return [done(line.span, message, requote(context, value, name), more)];
}

/** Values without a name: a server domain for all of them, and one for connections of our own where TLS is spoken. */
function defaultDomain(
  context: MigrationContext,
  lines: readonly ModParam[],
  domains: readonly Domain[],
): readonly Step[] {
  const unnamed = lines.filter(
    ({ name, value }) =>
      tlsDomainAttributes.has(name.value) &&
      value.kind === 'String' &&
      !value.value.startsWith('[') &&
      !domains.some((one) => value.value.startsWith(`${one.name}:`)),
  );
  const [first] = unnamed;
  if (!first) return [];
  const sides = context.modules.has('proto_tls') ? (['server', 'client'] as const) : (['server'] as const);
  const names = new Map(
    sides.map((side) => [side, freeName(side === 'server' ? 'default' : 'default_client', domains)]),
  );
  const define: Edit[] = [...names].map(([side, name]) =>
    insertLineBefore(context, first.span, `modparam("tls_mgm", "${side}_domain", "${name}")`),
  );
  const server = names.get('server') ?? 'default';
  const client = names.get('client');
  return [
    done(first.span, `values of tls_mgm without a domain are of the domain ${server}`, ...define),
    ...unnamed.flatMap((line) => {
      const { name, value } = line;
      if (value.kind !== 'String') return [];
      const edits: Edit[] = [requote(context, value, `[${server}]${value.value}`)];
      if (client !== undefined) {
        const copy = `modparam("tls_mgm", "${name.value}", "[${client}]${value.value}")`;
        edits.push(insertLineAfter(context, line.span, copy));
      }
      return [done(value.span, `${name.value} is of the domain ${server}`, ...edits)];
    }),
  ];
}

function freeName(wanted: string, domains: readonly Domain[]): string {
  let name = wanted;
  for (let number = 2; domains.some((one) => one.name === name); number += 1) name = `${wanted}${number}`;
  return name;
}
