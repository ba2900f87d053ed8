/** Certificates, keys and revocation lists for the tests of TLS. */

import { type Authority, createAuthority } from './authority.ts';

export {
  type Authority,
  type AuthorityFacts,
  createAuthority,
  type Leaf,
  type LeafFacts,
  selfSigned,
} from './authority.ts';
export { daysFromNow } from './dates.ts';
export { dhParameters } from './dh-parameters.ts';
export { subjectHash, temporaryFolder, writeHashed, writePem } from './files.ts';
export { handshake } from './handshake.ts';
export { encryptKey } from './private-key.ts';
export type { RevocationListFacts } from './revocation-list.ts';

/** The authorities that most tests need. */
interface Pki {
  readonly root: Authority;
  /** Signed by the root. */
  readonly intermediate: Authority;
  /** Another root, which nobody trusts. */
  readonly stranger: Authority;
}

/** Makes a set of authorities with EC keys; a test file makes one when it begins. */
export async function createPki(): Promise<Pki> {
  const root = await createAuthority();
  const intermediate = await root.createIntermediate();
  const stranger = await createAuthority({ subject: [['CN', 'Test Stranger']] });
  return { root, intermediate, stranger };
}
