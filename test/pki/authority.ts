import { type KeyObject, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import {
  type DistinguishedName,
  type ExtendedUse,
  type Issuer,
  issueCertificate,
} from '../../runtime/certificates/issue.ts';
import { type KeyKind, keyPem, makeKey } from '../../runtime/certificates/keys.ts';
import type { AlternativeName } from '../../runtime/certificates/names.ts';
import { daysFromNow } from './dates.ts';
import { createRevocationList, type RevocationListFacts } from './revocation-list.ts';

/** What an authority's certificate is to say. */
export interface AuthorityFacts {
  /** Its parts in order. Default: `CN=Test Root`, of an intermediate `CN=Test Intermediate`. */
  readonly subject?: DistinguishedName;
  /** Default: `ec` (P-256). */
  readonly key?: KeyKind;
  /** Default: a day ago. */
  readonly notBefore?: Date;
  /** Default: in ten years. */
  readonly notAfter?: Date;
}

/** What a leaf is to say. */
export interface LeafFacts {
  /**
   * What it is valid for; addresses, URIs (`sip:example.com`) and mail addresses are told by their form, all else is
   * a DNS name. Default: localhost, 127.0.0.1 and ::1.
   */
  readonly names?: readonly string[];
  /** Its parts in order: `C`, `ST`, `L`, `O`, `OU`, `CN`, `E` (emailAddress). Default: the first name as `CN`. */
  readonly subject?: DistinguishedName;
  /** Default: `ec` (P-256); `rsa` has 2048 bits. */
  readonly key?: KeyKind;
  /** Default: a day ago. */
  readonly notBefore?: Date;
  /** Default: in a year. */
  readonly notAfter?: Date;
  /** Default: both; an empty list leaves the extension out. */
  readonly extendedUses?: readonly ExtendedUse[];
  /** Hexadecimal. Default: 16 random bytes. */
  readonly serial?: string;
}

/** A certificate with its key. All texts are PEM. */
export interface Leaf {
  /** The certificate alone. */
  readonly certificate: string;
  /** The certificate and the intermediates above it: what a server is given. */
  readonly chain: string;
  /** PKCS#8, not encrypted. */
  readonly key: string;
  /** Hexadecimal capitals, as node:crypto tells it. */
  readonly serial: string;
}

/** Whoever signs. All texts are PEM. */
export interface Authority {
  readonly certificate: string;
  /** The certificate and the intermediates above it; '' for a root, which peers have already. */
  readonly intermediates: string;
  /** PKCS#8, not encrypted. */
  readonly key: string;
  issue(facts?: LeafFacts): Promise<Leaf>;
  createIntermediate(facts?: AuthorityFacts): Promise<Authority>;
  /** Its CRL. */
  revocationList(facts?: RevocationListFacts): Promise<string>;
}

/** Makes a root. */
export async function createAuthority(facts: AuthorityFacts = {}): Promise<Authority> {
  const key = makeKey(facts.key);
  const certificate = await authorityCertificate({ subject: [['CN', 'Test Root']], ...facts }, key);
  return authority({ certificate, key }, '');
}

/** Makes a leaf that nobody but itself has signed. */
export function selfSigned(facts: LeafFacts = {}): Promise<Leaf> {
  return issueLeaf(facts, undefined, '');
}

function authority(issuer: Issuer, intermediates: string): Authority {
  return {
    certificate: issuer.certificate,
    intermediates,
    key: keyPem(issuer.key),
    issue: (facts = {}) => issueLeaf(facts, issuer, intermediates),
    async createIntermediate(facts = {}) {
      const key = makeKey(facts.key);
      const named = { subject: [['CN', 'Test Intermediate']], ...facts } as const;
      const certificate = await authorityCertificate(named, key, issuer);
      return authority({ certificate, key }, certificate + intermediates);
    },
    revocationList: (facts = {}) => createRevocationList(issuer, facts),
  };
}

function authorityCertificate(
  facts: AuthorityFacts & { readonly subject: DistinguishedName },
  key: KeyObject,
  issuer?: Issuer,
): Promise<string> {
  return issueCertificate({
    subject: facts.subject,
    key,
    ...(issuer && { issuer }),
    notBefore: facts.notBefore ?? daysFromNow(-1),
    notAfter: facts.notAfter ?? daysFromNow(3650),
    authority: {},
  });
}

async function issueLeaf(facts: LeafFacts, issuer: Issuer | undefined, intermediates: string): Promise<Leaf> {
  const { names = ['localhost', '127.0.0.1', '::1'], extendedUses = ['serverAuth', 'clientAuth'] } = facts;
  const key = makeKey(facts.key);
  const certificate = await issueCertificate({
    subject: facts.subject ?? [['CN', names[0] ?? 'Test Leaf']],
    key,
    ...(issuer && { issuer }),
    notBefore: facts.notBefore ?? daysFromNow(-1),
    notAfter: facts.notAfter ?? daysFromNow(365),
    ...(facts.serial !== undefined && { serial: facts.serial }),
    names: names.map(alternativeName),
    extendedUses,
  });
  return {
    certificate,
    chain: certificate + intermediates,
    key: keyPem(key),
    serial: new X509Certificate(certificate).serialNumber,
  };
}

function alternativeName(value: string): AlternativeName {
  if (isIP(value) !== 0) return { type: 'ip', value };
  if (/^[a-z][a-z0-9+.-]*:/i.test(value)) return { type: 'url', value };
  return { type: value.includes('@') ? 'email' : 'dns', value };
}
