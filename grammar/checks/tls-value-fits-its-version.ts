import { tlsDomainAttributes, tlsDomainMatches, tlsDomainSwitches } from '../catalogue/tls-domain-params.ts';
import { type Diagnostic, type DiagnosticDetails, diagnostic } from '../findings/diagnostics.ts';
import type { GivenParam } from '../module-params.ts';
import { compareVersions } from '../versions/order.ts';
import type { Check } from './facts/context.ts';

/**
 * Where OpenSIPS is asked: the values of tls_mgm have the form that its version reads. Up to 2.2 a domain is
 * `id=ip:port` and its values are `id:value`; in 2.3 and 2.4 the values are `[name]value`, and a value without a name is of
 * the default domain; since 3.0 a domain is a name, and every value names one. A domain stands above its values.
 */
export const tlsValueFitsItsVersion: Check = ({ environment, modules, params, version }) => {
  const module = modules.byName.get('tls_mgm');
  if (environment.asked !== 'opensips' || !module?.chapter) return [];
  const forms = formsOf(version);
  const domains: Domains = { server: new Set(), client: new Set() };
  return (params.byModule.get('tls_mgm') ?? []).flatMap((given) => {
    const fault = judge(given, forms, domains);
    return fault ? [told(given, fault)] : [];
  });
};

/** The names of the domains that stand above a line. */
interface Domains {
  readonly server: Set<string>;
  readonly client: Set<string>;
}

interface Fault {
  readonly message: string;
  readonly help: string;
  readonly fix?: string;
}

/** How a version reads these values. */
interface Forms {
  /** A second domain of the same name is refused. */
  readonly areUnique: boolean;
  domain(side: keyof Domains, value: string): { readonly name: string } | Fault;
  /** Without a name: it is of the default domain. */
  value(text: string): { readonly name?: string; readonly value: string } | Fault;
  /** How a value of a domain is written. */
  write(name: string, value: string): string;
}

function formsOf(version: string): Forms {
  if (compareVersions(version, '2.3') < 0) return withColon;
  return compareVersions(version, '3.0') < 0 ? withAddress : withName;
}

function judge({ name, value }: GivenParam, forms: Forms, domains: Domains): Fault | undefined {
  if (typeof value !== 'string') return undefined;
  if (name === 'server_domain') return define('server', value, forms, domains);
  if (name === 'client_domain') return define('client', value, forms, domains);
  if (!tlsDomainAttributes.has(name) && !tlsDomainMatches.has(name)) return undefined;
  const known = [...domains.server, ...domains.client];
  const read = forms.value(value);
  if ('message' in read) return withFix(read, value, forms, known);
  if (read.name !== undefined && !known.includes(read.name)) return undefinedDomain(read.name, forms);
  if (tlsDomainSwitches.has(name) && !/^\d+$/.test(read.value)) {
    return { message: `${name} of tls_mgm is 0 or 1, not ${read.value}`, help: 'write 0 or 1' };
  }
  return undefined;
}

function define(side: keyof Domains, value: string, forms: Forms, domains: Domains): Fault | undefined {
  const read = forms.domain(side, value);
  if ('message' in read) return read;
  if (forms.areUnique && domains[side].has(read.name)) {
    return {
      message: `the ${side} domain ${read.name} of tls_mgm is defined twice`,
      help: 'give one of them another name',
    };
  }
  domains[side].add(read.name);
  return undefined;
}

/** Where there is one domain, a value without a name can be of no other. */
function withFix(fault: Fault, value: string, forms: Forms, known: readonly string[]): Fault {
  const [only] = new Set(known);
  const isPlain = only !== undefined && new Set(known).size === 1 && value !== '' && !value.includes('[');
  return isPlain ? { ...fault, fix: forms.write(only, value) } : fault;
}

function undefinedDomain(name: string, forms: Forms): Fault {
  return {
    message: `the TLS domain ${name} is not defined above this line`,
    help: `put the server_domain or client_domain line of ${name} above ${forms.write(name, '…')}`,
  };
}

function told({ span }: GivenParam, { message, help, fix }: Fault): Diagnostic {
  const details: DiagnosticDetails = {
    help,
    ...(fix !== undefined && { fix: { span, text: `"${fix}"` } }),
  };
  return diagnostic('parameter-wrong-form', span, message, details);
}

const address = /^(?:\d{1,3}\.){3}\d{1,3}:\d+$/;

const withColon: Forms = {
  areUnique: false,
  domain(side, value) {
    const equals = value.indexOf('=');
    const place = value.slice(equals + 1);
    if (equals < 0) return { message: `${side}_domain of tls_mgm is id=ip:port`, help: 'write id=ip:port' };
    if (address.test(place) || (side === 'client' && !place.includes(':'))) {
      return { name: value.slice(0, equals) };
    }
    return { message: `${place} is no address with a port`, help: 'write id=ip:port' };
  },
  value(text) {
    const colon = text.indexOf(':');
    return colon < 0 ? { value: text } : { name: text.slice(0, colon), value: text.slice(colon + 1) };
  },
  write: (name, value) => `${name}:${value}`,
};

const withAddress: Forms = {
  areUnique: true,
  domain(side, value) {
    const equals = value.indexOf('=');
    const name = equals < 0 ? value : value.slice(0, equals);
    const place = value.slice(equals + 1);
    if (name === '') return { message: 'a TLS domain without a name', help: 'write name=ip:port' };
    if (equals < 0 && side === 'server') {
      return { message: `the server domain ${name} of tls_mgm has no address`, help: 'write name=ip:port' };
    }
    if (equals >= 0 && !address.test(place)) {
      return { message: `${place} is no address with a port`, help: 'write name=ip:port' };
    }
    return { name };
  },
  value: (text) => readBrackets(text) ?? { value: text },
  write: (name, value) => `[${name}]${value}`,
};

const withName: Forms = {
  areUnique: true,
  domain: (_side, value) => ({ name: value }),
  value: (text) =>
    readBrackets(text) ?? {
      message: 'a value of tls_mgm without the name of its domain',
      help: 'write [name]value, below the server_domain or client_domain line of that name',
    },
  write: (name, value) => `[${name}]${value}`,
};

/** `[name]value`; undefined where no `[` begins it. */
function readBrackets(text: string): { readonly name: string; readonly value: string } | Fault | undefined {
  const trimmed = text.trimStart();
  if (!trimmed.startsWith('[')) return undefined;
  const end = trimmed.indexOf(']');
  if (end < 0) return { message: 'the name of a TLS domain without its ]', help: 'write [name]value' };
  const value = trimmed.slice(end + 1);
  if (value === '')
    return { message: 'nothing behind the name of the TLS domain', help: 'write [name]value' };
  return { name: trimmed.slice(1, end), value };
}
