import { rootCertificates } from 'node:tls';

/**
 * The public roots in which a part of this name stands as it is. To read all of them takes longer than the rest of a start.
 */
export function rootsNamed(issuer: string): readonly string[] {
  const values = issuer.split('\n').map((line) => line.slice(line.indexOf('=') + 1));
  const [longest = ''] = values.sort((one, other) => other.length - one.length);
  // What is escaped, or not in ASCII, may stand in another form in the certificate.
  if (!/^[\w .-]+$/.test(longest)) return rootCertificates;
  return rootCertificates.filter((pem) => derOf(pem).includes(longest));
}

function derOf(pem: string): Buffer {
  return Buffer.from(pem.replace(/-----[^-]+-----/g, ''), 'base64');
}
