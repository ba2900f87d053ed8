import { createPrivateKey, createPublicKey, X509Certificate as NodeCertificate } from 'node:crypto';
import { AuthorityInfoAccessExtension } from '@peculiar/x509';
import { keyPem, makeKey, signingKey } from '../../../runtime/certificates/keys.ts';
import { Name, X509Certificate, X509CertificateGenerator } from '../../../runtime/certificates/x509.ts';
import { type Authority, daysFromNow, type Leaf } from '../../pki/index.ts';

/** A leaf as public authorities make them: it says where the certificate of its issuer is (RFC 5280 §4.2.2.1). */
export async function publicLeaf(issuer: Authority): Promise<Leaf> {
  const key = makeKey();
  const made = await X509CertificateGenerator.create({
    subject: new Name([{ CN: ['public.example.com'] }]),
    issuer: new X509Certificate(issuer.certificate).subjectName,
    notBefore: daysFromNow(-1),
    notAfter: daysFromNow(90),
    publicKey: createPublicKey(key).export({ type: 'spki', format: 'der' }),
    signingKey: await signingKey(createPrivateKey(issuer.key)),
    extensions: [new AuthorityInfoAccessExtension({ caIssuers: 'http://ca.example.com/intermediate.der' })],
  });
  const certificate = `${made.toString('pem')}\n`;
  return {
    certificate,
    chain: certificate,
    key: keyPem(key),
    serial: new NodeCertificate(certificate).serialNumber,
  };
}
