import { createHash, type X509Certificate } from 'node:crypto';
import type { SecureContextOptions } from 'node:tls';
import type { ModuleFinding } from '../../runtime/module-exports.ts';
import { readAuthorities } from './authorities.ts';
import { DomainFiles } from './domain-files.ts';
import type { TlsDomain } from './domains.ts';
import { readOwnCertificate } from './own-certificate.ts';
import type { ReadingTools } from './reading-tools.ts';
import type { RevocationLists } from './revocation.ts';
import { readRevocation } from './revocation-files.ts';
import type { SourceFiles } from './source-files.ts';
import type { TlsMethod } from './tls-method.ts';
import { methodOf, tryOptions, tuningOf } from './tuning.ts';

/** What a domain is made of, read from its files. */
export interface DomainMaterial {
  /** For node:tls. */
  readonly options: SecureContextOptions;
  readonly method: TlsMethod;
  /** The domain's own certificate and those behind it in its file. */
  readonly chain: readonly X509Certificate[];
  /** Who is trusted. */
  readonly authorities: readonly X509Certificate[];
  /** Lists that speak for the peer's certificate alone; undefined where there are none, or OpenSSL judges by them. */
  readonly revocation: RevocationLists | undefined;
  readonly verify: boolean;
  /** A client without a certificate is refused, too. */
  readonly require: boolean;
  readonly verifyHostname: boolean;
  /** The same for two readings that trust the same: a session of one may go on in the other. */
  readonly trust: string;
  /** All files and folders that were read. */
  readonly paths: readonly string[];
  readonly findings: readonly ModuleFinding[];
}

/** Reads all that a domain names. What is wrong is in the findings; with an error among them it is of no use. */
export async function readMaterial(
  domain: TlsDomain,
  tools: ReadingTools,
  sources: SourceFiles,
): Promise<DomainMaterial> {
  const files = new DomainFiles(domain, tools, sources);
  const method = methodOf(files);
  const verify = files.flag('verify_cert', true);
  const authorities = readAuthorities(files);
  const { chain, key } = readOwnCertificate(files, authorities, tools);
  const { blocks, forChains, forLeafs } = await readRevocation(files, tools.now());
  const require = verify && files.flag('require_cert', true);
  if (verify && authorities.length === 0 && !files.failed) sayNobodyIsTrusted(files);
  const options: SecureContextOptions = {
    ...(chain.length > 0 && { cert: chain.map(String).join('') }),
    ...(key && { key: key.export({ type: 'pkcs8', format: 'pem' }).toString() }),
    // Without this Node trusts the public authorities.
    ca: authorities.map(String),
    ...(forChains.length > 0 && { crl: [...forChains] }),
    ...tuningOf(files, method),
  };
  if (!files.failed) tryOptions(options, files);
  return {
    options,
    method,
    chain,
    authorities,
    revocation: forLeafs,
    verify,
    require,
    verifyHostname: files.flag('verify_hostname', true),
    trust: digestOf([
      String(verify),
      String(require),
      String(forLeafs === undefined),
      ...authorities.map(String),
      ...blocks,
    ]),
    paths: files.paths,
    findings: files.findings,
  };
}

function digestOf(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64');
}

/** Of the default domain that every file of 2.x has nothing is said as long as the file says nothing of it. */
function sayNobodyIsTrusted(files: DomainFiles): void {
  const { side, place, isFallback, settings } = files.domain;
  if (isFallback && settings.size === 0) return;
  const whom = side === 'server' ? 'client certificates' : 'the certificates of servers';
  const line = files.setting('verify_cert')?.place ?? place;
  files.report('ca-none', `TLS domain ${files.name} verifies ${whom} and has no authorities`, line);
}
