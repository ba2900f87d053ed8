import { X509Certificate } from 'node:crypto';
import type { DomainFiles } from './domain-files.ts';
import type { Place } from './findings.ts';
import { rootsNamed } from './known-roots.ts';
import { shownName } from './read-certificates.ts';

const DAY = 24 * 60 * 60 * 1000;
/** From so many days before its end on a certificate is warned of. */
const DAYS_AHEAD = 30;

/** Whole days until a certificate expires; negative where it has. */
export function daysLeft({ validTo }: X509Certificate, now: Date): number {
  return Math.floor((new Date(validTo).getTime() - now.getTime()) / DAY);
}

/** Says which certificates of a file are not valid now, or not for long. */
export function judgeTimes(
  chain: readonly X509Certificate[],
  place: Place | undefined,
  files: DomainFiles,
  now: Date,
): void {
  for (const [at, certificate] of chain.entries()) {
    const number = at === 0 ? '' : `number ${at + 1} in the file of `;
    const what = `${number}the certificate of TLS domain ${files.name} (${shownName(certificate.subject)})`;
    judgeTime(certificate, what, place, files, now);
  }
}

function judgeTime(
  certificate: X509Certificate,
  what: string,
  place: Place | undefined,
  files: DomainFiles,
  now: Date,
): void {
  const { validFrom, validTo } = certificate;
  const days = daysLeft(certificate, now);
  if (new Date(validFrom) > now) {
    files.report('certificate-early', `${what} is valid from ${validFrom} on`, place);
  } else if (days < 0) {
    files.report('certificate-expired', `${what} expired on ${validTo}`, place);
  } else if (days < DAYS_AHEAD) {
    files.report('certificate-expires', `${what} expires in ${days} days, on ${validTo}`, place);
  }
}

/** Says where a certificate does not stand behind the one that it signed, or where its signer is missing. */
export function judgeChain(
  chain: readonly X509Certificate[],
  authorities: readonly X509Certificate[],
  place: Place | undefined,
  files: DomainFiles,
): void {
  const wrong = chain.findIndex((certificate, at) => at > 0 && !chain[at - 1]?.checkIssued(certificate));
  if (wrong > 0) {
    const [signed, other] = [chain[wrong - 1], chain[wrong]].map((each) => shownName(each?.subject));
    const what = `number ${wrong + 1} (${other}) did not sign number ${wrong} (${signed})`;
    files.report('chain-order', `in the certificate file of TLS domain ${files.name} ${what}`, place);
    return;
  }
  const last = chain.at(-1);
  if (!last || isComplete(last, authorities)) return;
  const issuer = `its issuer (${shownName(last.issuer)}) is neither in the file nor a known root`;
  const what = `the certificate of TLS domain ${files.name} ends with ${shownName(last.subject)}`;
  // An authority of one's own seldom says where its certificate is to be had, and its clients know it.
  const isPublic = last.infoAccess?.includes('CA Issuers') ?? false;
  files.report('chain-incomplete', `${what}, and ${issuer}`, place, isPublic ? {} : ownAuthority);
}

const ownAuthority = {
  severity: 'note',
  help: 'nothing, where the issuer is a root that the clients know; else put its certificate behind it in the file',
} as const;

/** A root, or signed by somebody whom peers know themselves. */
function isComplete(last: X509Certificate, authorities: readonly X509Certificate[]): boolean {
  if (last.checkIssued(last)) return true;
  if (authorities.some((authority) => last.checkIssued(authority))) return true;
  return rootsNamed(last.issuer).some((root) => last.checkIssued(new X509Certificate(root)));
}
