import { derInteger, readOneDer } from './der.ts';
import type { DomainFiles } from './domain-files.ts';
import { holdsInstead, type PemBlock, pemBlocks, pemBytes } from './pem.ts';

/** What Node takes at least. */
const LEAST_BITS = 1024;

/**
 * The parameters of dh_params for node:tls; undefined, with a finding, where they are of no use. Node itself passes over
 * what it cannot read without a word.
 */
export function readDhParameters(files: DomainFiles): string | undefined {
  const path = files.path('dh_params');
  const file = path && files.read(path, 'dh_params');
  if (!file) return undefined;
  const { place } = path;
  const what = `dh_params of TLS domain ${files.name}`;
  const block = pemBlocks(file.text).find(({ label }) => label.endsWith('DH PARAMETERS'));
  if (!block) {
    const holds = holdsInstead(file.text, 'DH PARAMETERS');
    files.report('file-not-pem', `${what} holds ${holds}: ${path.path}`, place);
    return undefined;
  }
  if (block.label !== 'DH PARAMETERS') {
    files.report('dh-form', `${what} are ${block.label}, which Node does not read: ${path.path}`, place);
    return undefined;
  }
  const bits = primeBits(block);
  if (bits === undefined) files.report('dh-broken', `${what} cannot be read: ${path.path}`, place);
  else if (bits < LEAST_BITS) files.report('dh-weak', `${what} have ${bits} bits: ${path.path}`, place);
  return bits !== undefined && bits >= LEAST_BITS ? block.text : undefined;
}

/** The length of the prime (PKCS #3 §9); undefined where there is none. */
function primeBits(block: PemBlock): number | undefined {
  try {
    const prime = derInteger(readOneDer(readOneDer(pemBytes(block)).content).content);
    return prime > 1n ? prime.toString(2).length : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
