import { createSecureContext, type SecureContextOptions } from 'node:tls';
import { readDhParameters } from './dh-parameters.ts';
import type { DomainFiles } from './domain-files.ts';
import type { FindingCode } from './findings.ts';
import { openSslReason } from './read-certificates.ts';
import { type MethodProblem, readMethod, type TlsMethod } from './tls-method.ts';

const methodCodes: Readonly<Record<MethodProblem, FindingCode>> = {
  unknown: 'method-unknown',
  absent: 'method-absent',
  empty: 'method-empty',
};

/** The versions that a domain allows; one that means nothing is a finding. */
export function methodOf(files: DomainFiles): TlsMethod {
  const { value = 'SSLv23', place } = files.setting('tls_method') ?? {};
  const method = readMethod(value);
  const what = `tls_method ${value} of TLS domain ${files.name}`;
  if (typeof method === 'string') {
    files.report(methodCodes[method], `${what} stands for no version that there is`, place);
    return { min: undefined, max: undefined, old: false };
  }
  if (method.old) files.report('method-old', `${what} serves versions before TLS 1.2`, place);
  return method;
}

/** Versions, ciphers, curves and DH parameters, for node:tls. */
export function tuningOf(files: DomainFiles, { min, max, old }: TlsMethod): SecureContextOptions {
  const ciphers = files.setting('ciphers_list')?.value;
  const curves = files.setting('ec_curve')?.value;
  const dhparam = readDhParameters(files);
  // OpenSSL 3 serves the old versions at its lowest security level alone.
  const served = old ? `${ciphers ?? 'DEFAULT'}:@SECLEVEL=0` : ciphers;
  return {
    ...(min !== undefined && { minVersion: min }),
    ...(max !== undefined && { maxVersion: max }),
    ...(served !== undefined && { ciphers: served }),
    ...(curves !== undefined && { ecdhCurve: curves }),
    ...(dhparam !== undefined && { dhparam }),
  };
}

/** The option of node:tls behind each parameter, in the order in which they are tried alone. */
const paramsOfOptions = [
  ['ciphers', 'ciphers_list'],
  ['ecdhCurve', 'ec_curve'],
  ['dhparam', 'dh_params'],
  ['cert', 'certificate'],
  ['ca', 'ca_list'],
  ['crl', 'crl_dir'],
] as const;

/** Reports what OpenSSL refuses although each file could be read, at the line of the parameter that is to blame. */
export function tryOptions(options: SecureContextOptions, files: DomainFiles): void {
  const reason = refusal(options);
  if (reason === undefined) return;
  const blamed = paramsOfOptions.find(
    ([option]) => options[option] !== undefined && refusal({ [option]: options[option] }) !== undefined,
  )?.[1];
  const place = blamed && files.setting(blamed)?.place;
  const what = `OpenSSL refuses ${blamed ?? 'the settings'} of TLS domain ${files.name}`;
  files.report('context-refused', `${what}: ${reason}`, place ?? files.domain.place);
}

function refusal(options: SecureContextOptions): string | undefined {
  try {
    createSecureContext(options);
    return undefined;
  } catch (error) {
    return openSslReason(error);
  }
}
