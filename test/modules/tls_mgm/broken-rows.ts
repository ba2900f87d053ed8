import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { daysFromNow, dhParameters, writePem } from '../../pki/index.ts';
import {
  cutOff,
  encrypted,
  halved,
  lasting,
  type Materials,
  mersenne,
  ofLeaf,
  pipe,
  subfolder,
  written,
} from './broken-files.ts';
import { publicLeaf } from './public-leaf.ts';

/** Values of the domain `d` by parameter; `null` leaves a line of a good domain out. */
export type Values = Readonly<Record<string, string | null>>;

/** Something that is wrong with the files of a domain, and what is said of it. */
export interface BrokenRow {
  readonly what: string;
  make(materials: Materials): Values | Promise<Values>;
  /**
   * In order: the parameter at whose value it stands, code, severity, message. `DIR` is the row's folder, `GOOD` that of the
   * good files, `DATE` a date and `REASON` words of OpenSSL or the system.
   */
  readonly found: readonly (readonly [param: string, code: string, severity: string, message: string])[];
}

const cert = 'the certificate of TLS domain d';
const key = 'the private key of TLS domain d';
const shown = `${cert} (CN=localhost)`;

function fileRow(what: string, found: BrokenRow['found'], values: BrokenRow['make']): BrokenRow {
  return { what, found, make: values };
}

const certificates: readonly BrokenRow[] = [
  fileRow(
    'the files are not there',
    [
      ['certificate', 'file-missing', 'error', `${cert} is not there: DIR/no/cert.pem`],
      ['private_key', 'file-missing', 'error', `${key} is not there: DIR/no/key.pem`],
      ['ca_list', 'file-missing', 'error', 'ca_list of TLS domain d is not there: DIR/no/ca.pem'],
      ['ca_dir', 'file-missing', 'error', 'ca_dir of TLS domain d is not there: DIR/no/ca'],
      ['crl_dir', 'file-missing', 'error', 'crl_dir of TLS domain d is not there: DIR/no/crl'],
      ['dh_params', 'file-missing', 'error', 'dh_params of TLS domain d is not there: DIR/no/dh.pem'],
    ],
    ({ folder }) => ({
      certificate: `${folder}/no/cert.pem`,
      private_key: `${folder}/no/key.pem`,
      ca_list: `${folder}/no/ca.pem`,
      ca_dir: `${folder}/no/ca`,
      crl_dir: `${folder}/no/crl`,
      dh_params: `${folder}/no/dh.pem`,
    }),
  ),
  fileRow(
    'neither certificate nor key is set, and the defaults are not there',
    [
      [
        'server_domain',
        'file-missing',
        'error',
        `${cert} is not there: /etc/opensips/tls/cert.pem, which is the default`,
      ],
    ],
    () => ({ certificate: null, private_key: null }),
  ),
  fileRow(
    'a folder for a file, and a file for a folder',
    [
      ['certificate', 'file-kind', 'error', `${cert} is a folder and not a file: DIR`],
      ['private_key', 'file-kind', 'error', `${key} is a folder and not a file: DIR`],
      ['ca_dir', 'file-kind', 'error', 'ca_dir of TLS domain d is a file and not a folder: DIR/ca.pem'],
    ],
    (materials) => ({
      certificate: materials.folder,
      private_key: materials.folder,
      ca_dir: written(materials, 'ca.pem', materials.root.certificate),
    }),
  ),
  fileRow(
    'text that is no PEM, DER, and another block than is wanted',
    [
      ['certificate', 'file-not-pem', 'error', `${cert} holds no PEM: DIR/cert.pem`],
      ['private_key', 'file-not-pem', 'error', `${key} holds DER and no PEM: DIR/key.der`],
      ['ca_list', 'ca-empty', 'error', 'ca_list of TLS domain d holds no certificate: DIR/ca.pem'],
      [
        'dh_params',
        'file-not-pem',
        'error',
        'dh_params of TLS domain d holds a PEM block PRIVATE KEY and no DH PARAMETERS: DIR/dh.pem',
      ],
    ],
    (materials) => {
      const der = join(materials.folder, 'key.der');
      writeFileSync(der, Buffer.from(materials.leaf.key.replace(/-----.*-----/g, ''), 'base64'));
      return {
        certificate: written(materials, 'cert.pem', 'certificate\n'),
        private_key: der,
        ca_list: written(materials, 'ca.pem', materials.leaf.key),
        dh_params: written(materials, 'dh.pem', materials.leaf.key),
      };
    },
  ),
  fileRow(
    'the key is in the certificate’s file alone',
    [
      [
        'private_key',
        'file-not-pem',
        'error',
        `${key} holds a PEM block CERTIFICATE and no PRIVATE KEY: DIR/key.pem`,
      ],
    ],
    (materials) => ({ private_key: written(materials, 'key.pem', materials.leaf.certificate) }),
  ),
  fileRow(
    'base64 that breaks off, with its end line and without',
    [
      [
        'certificate',
        'certificate-broken',
        'error',
        `certificate number 1 of ${cert} cannot be read: DIR/cert.pem (REASON)`,
      ],
      ['private_key', 'key-broken', 'error', `${key} cannot be read: DIR/key.pem (REASON)`],
      [
        'ca_list',
        'certificate-broken',
        'error',
        'certificate number 2 of ca_list of TLS domain d cannot be read: DIR/ca.pem (REASON)',
      ],
    ],
    (materials) => ({
      certificate: written(materials, 'cert.pem', halved(materials.leaf.certificate)),
      private_key: written(materials, 'key.pem', halved(materials.leaf.key)),
      ca_list: written(
        materials,
        'ca.pem',
        materials.root.certificate,
        cutOff(materials.stranger.certificate),
      ),
    }),
  ),
  fileRow(
    'a certificate expired yesterday',
    [['certificate', 'certificate-expired', 'error', `${shown} expired on DATE`]],
    (materials) => lasting(materials, -30, -1),
  ),
  fileRow(
    'a certificate is not valid yet',
    [['certificate', 'certificate-early', 'error', `${shown} is valid from DATE on`]],
    (materials) => lasting(materials, 1, 30),
  ),
  fileRow(
    'a certificate expires in ten days',
    [['certificate', 'certificate-expires', 'warning', `${shown} expires in 10 days, on DATE`]],
    (materials) => lasting(materials, -1, 10.5),
  ),
  fileRow(
    'the certificate of the authority in between has expired',
    [
      [
        'certificate',
        'certificate-expired',
        'error',
        `number 2 in the file of ${cert} (CN=Test Intermediate) expired on DATE`,
      ],
    ],
    async (materials) => {
      const old = await materials.root.createIntermediate({
        notBefore: daysFromNow(-30),
        notAfter: daysFromNow(-1),
      });
      return ofLeaf(materials, await old.issue());
    },
  ),
  fileRow(
    'the chain begins with the root',
    [
      [
        'certificate',
        'chain-order',
        'warning',
        'in the certificate file of TLS domain d number 2 (CN=Test Intermediate) did not sign number 1 (CN=Test Root)',
      ],
      [
        'private_key',
        'key-mismatch',
        'error',
        `the private key does not belong to ${cert} (CN=Test Root), but to number 3 in the certificate's file: GOOD/key.pem`,
      ],
    ],
    (materials) => ({
      certificate: written(
        materials,
        'cert.pem',
        ...[materials.root.certificate, materials.intermediate.certificate, materials.leaf.certificate],
      ),
    }),
  ),
  fileRow(
    'the authorities behind the certificate stand in the wrong order',
    [
      [
        'certificate',
        'chain-order',
        'warning',
        'in the certificate file of TLS domain d number 2 (CN=Test Root) did not sign number 1 (CN=localhost)',
      ],
    ],
    (materials) => ({
      certificate: written(
        materials,
        'cert.pem',
        ...[materials.leaf.certificate, materials.root.certificate, materials.intermediate.certificate],
      ),
    }),
  ),
  fileRow(
    'the authority in between is missing, of a certificate that says where to get it',
    [
      [
        'certificate',
        'chain-incomplete',
        'warning',
        `${cert} ends with CN=public.example.com, and its issuer (CN=Test Intermediate) is neither in the file nor a known root`,
      ],
    ],
    async (materials) => ofLeaf(materials, await publicLeaf(materials.intermediate)),
  ),
  fileRow(
    'the authority in between is missing, of an authority of one’s own',
    [
      [
        'certificate',
        'chain-incomplete',
        'note',
        `${cert} ends with CN=localhost, and its issuer (CN=Test Intermediate) is neither in the file nor a known root`,
      ],
    ],
    (materials) => ({ certificate: written(materials, 'cert.pem', materials.leaf.certificate) }),
  ),
];

const keys: readonly BrokenRow[] = [
  fileRow(
    'the key of another certificate',
    [['private_key', 'key-mismatch', 'error', `the private key does not belong to ${shown}: DIR/key.pem`]],
    async (materials) => ({ private_key: written(materials, 'key.pem', (await materials.root.issue()).key) }),
  ),
  fileRow(
    'a client domain with a certificate and without a key',
    [['certificate', 'key-missing', 'error', 'TLS domain d has a certificate and no private_key']],
    () => ({ client_domain: 'd', server_domain: null, private_key: null }),
  ),
  fileRow(
    'the key is encrypted, and no password is set',
    [['private_key', 'key-encrypted', 'error', `${key} is encrypted: DIR/key.pem`]],
    (materials) => ({ private_key: encrypted(materials) }),
  ),
  fileRow(
    'the password in a file is wrong',
    [
      [
        'private_key',
        'key-password',
        'error',
        `${key} does not open with its password: DIR/key.pem (REASON)`,
      ],
    ],
    (materials) => ({
      private_key: encrypted(materials),
      private_key_password: `file:${written(materials, 'password', 'wrong\n')}`,
    }),
  ),
  fileRow(
    'the file of the password is not there',
    [
      [
        'private_key_password',
        'file-missing',
        'error',
        'private_key_password of TLS domain d is not there: DIR/password',
      ],
    ],
    (materials) => ({
      private_key: encrypted(materials),
      private_key_password: `file:${materials.folder}/password`,
    }),
  ),
  fileRow(
    'the password in the environment is wrong',
    [
      [
        'private_key',
        'key-password',
        'error',
        `${key} does not open with its password: DIR/key.pem (REASON)`,
      ],
    ],
    (materials) => ({ private_key: encrypted(materials), private_key_password: 'env:PATH' }),
  ),
  fileRow(
    'the environment has no password',
    [
      [
        'private_key_password',
        'key-password',
        'error',
        'private_key_password of TLS domain d: the environment has no TSIPS_NO_SUCH_NAME',
      ],
    ],
    (materials) => ({ private_key: encrypted(materials), private_key_password: 'env:TSIPS_NO_SUCH_NAME' }),
  ),
  fileRow(
    'the password itself stands in the config',
    [
      [
        'private_key_password',
        'key-password',
        'error',
        'private_key_password of TLS domain d: it is neither file:PATH nor env:NAME',
      ],
    ],
    (materials) => ({ private_key: encrypted(materials), private_key_password: 'secret' }),
  ),
];

const authorities: readonly BrokenRow[] = [
  fileRow(
    'nobody is trusted although peers are verified',
    [
      [
        'verify_cert',
        'ca-none',
        'warning',
        'TLS domain d verifies client certificates and has no authorities',
      ],
    ],
    () => ({ ca_list: null, verify_cert: '1' }),
  ),
  fileRow(
    'ca_list and ca_dir hold nothing',
    [
      ['ca_list', 'ca-empty', 'error', 'ca_list of TLS domain d holds no certificate: DIR/ca.pem'],
      ['ca_dir', 'ca-empty', 'error', 'ca_dir of TLS domain d holds no certificate: DIR/ca'],
    ],
    (materials) => ({ ca_list: written(materials, 'ca.pem', ''), ca_dir: subfolder(materials, 'ca') }),
  ),
  fileRow(
    'a file of ca_dir is broken; what is no file in it does not count',
    [
      [
        'ca_dir',
        'certificate-broken',
        'error',
        'certificate number 1 of ca_dir of TLS domain d cannot be read: DIR/ca/12345678.0 (REASON)',
      ],
    ],
    (materials) => {
      const ca = subfolder(materials, 'ca');
      writePem(ca, 'a.pem', materials.root.certificate);
      writePem(ca, 'b.pem', halved(materials.stranger.certificate));
      mkdirSync(join(ca, 'c.pem'));
      symlinkSync(join(ca, 'nowhere'), join(ca, 'd.pem'));
      symlinkSync(join(ca, 'b.pem'), join(ca, '12345678.0'));
      return { ca_dir: ca };
    },
  ),
  fileRow(
    'crl_dir holds no list',
    [['crl_dir', 'crl-none', 'error', 'crl_dir of TLS domain d holds no revocation list: DIR/crl']],
    (materials) => ({ crl_dir: subfolder(materials, 'crl') }),
  ),
  fileRow(
    'one list of crl_dir is broken, one is half written, one has expired',
    [
      [
        'crl_dir',
        'crl-broken',
        'error',
        'a revocation list in crl_dir of TLS domain d cannot be read: DIR/crl/a.pem (REASON)',
      ],
      [
        'crl_dir',
        'crl-broken',
        'error',
        'a revocation list in crl_dir of TLS domain d cannot be read: DIR/crl/b.pem (REASON)',
      ],
      [
        'crl_dir',
        'crl-expired',
        'warning',
        'the revocation list of CN=Test Root in crl_dir of TLS domain d expired on DATE: DIR/crl/c.pem',
      ],
    ],
    async (materials) => {
      const crl = subfolder(materials, 'crl');
      writePem(crl, 'a.pem', halved(await materials.root.revocationList()));
      writePem(crl, 'b.pem', cutOff(await materials.intermediate.revocationList()));
      writePem(crl, 'c.pem', await materials.root.revocationList({ nextUpdate: daysFromNow(-0.5) }));
      return { crl_dir: crl };
    },
  ),
];

const tuning: readonly BrokenRow[] = [
  ...['TLSv9', 'TLSv1_2-TLSv1_3-', 'TLSv1_2,TLSv1_3'].map((method) =>
    fileRow(
      `tls_method ${method}`,
      [
        [
          'tls_method',
          'method-unknown',
          'error',
          `tls_method ${method} of TLS domain d stands for no version that there is`,
        ],
      ],
      () => ({ tls_method: method }),
    ),
  ),
  fileRow(
    'tls_method SSLv3',
    [
      [
        'tls_method',
        'method-absent',
        'error',
        'tls_method SSLv3 of TLS domain d stands for no version that there is',
      ],
    ],
    () => ({ tls_method: 'SSLv3' }),
  ),
  fileRow(
    'a range whose ends are reversed',
    [
      [
        'tls_method',
        'method-empty',
        'error',
        'tls_method TLSv1_3-TLSv1_2 of TLS domain d stands for no version that there is',
      ],
    ],
    () => ({ tls_method: 'TLSv1_3-TLSv1_2' }),
  ),
  ...['tlsv1', 'TLSv1_1', 'TLSv1-TLSv1_3', '-'].map((method) =>
    fileRow(
      `tls_method ${method}`,
      [
        [
          'tls_method',
          'method-old',
          'warning',
          `tls_method ${method} of TLS domain d serves versions before TLS 1.2`,
        ],
      ],
      () => ({ tls_method: method }),
    ),
  ),
  fileRow(
    'a cipher that there is not',
    [['ciphers_list', 'context-refused', 'error', 'OpenSSL refuses ciphers_list of TLS domain d: REASON']],
    () => ({ ciphers_list: 'NOSUCH' }),
  ),
  fileRow(
    'a curve that there is not',
    [['ec_curve', 'context-refused', 'error', 'OpenSSL refuses ec_curve of TLS domain d: REASON']],
    () => ({ ec_curve: 'nosuch' }),
  ),
  fileRow(
    'Diffie-Hellman parameters that are broken',
    [['dh_params', 'dh-broken', 'error', 'dh_params of TLS domain d cannot be read: DIR/dh.pem']],
    (materials) => ({ dh_params: written(materials, 'dh.pem', halved(dhParameters())) }),
  ),
  fileRow(
    'Diffie-Hellman parameters of 521 bits',
    [['dh_params', 'dh-weak', 'error', 'dh_params of TLS domain d have 521 bits: DIR/dh.pem']],
    (materials) => ({ dh_params: written(materials, 'dh.pem', dhParameters({ prime: mersenne })) }),
  ),
  fileRow(
    'Diffie-Hellman parameters of X9.42, which newer Nodes pass over',
    [
      [
        'dh_params',
        'dh-form',
        'error',
        'dh_params of TLS domain d are X9.42 DH PARAMETERS, which Node does not read: DIR/dh.pem',
      ],
    ],
    (materials) => ({
      dh_params: written(materials, 'dh.pem', dhParameters({ label: 'X9.42 DH PARAMETERS' })),
    }),
  ),
];

const hostile: readonly BrokenRow[] = [
  fileRow(
    'a certificate of a gigabyte, a key that never ends, authorities from a pipe',
    [
      ['certificate', 'file-size', 'error', `${cert} holds more than 8388608 bytes: DIR/cert.pem`],
      ['private_key', 'file-kind', 'error', `${key} is a device or a socket and not a file: /dev/zero`],
      ['ca_list', 'file-kind', 'error', 'ca_list of TLS domain d is a pipe and not a file: DIR/ca.pem'],
    ],
    (materials) => {
      const huge = written(materials, 'cert.pem', materials.leaf.chain);
      truncateSync(huge, 2 ** 30);
      return { certificate: huge, private_key: '/dev/zero', ca_list: pipe(materials, 'ca.pem') };
    },
  ),
  fileRow(
    'a folder with a huge file and a pipe, which does not count',
    [
      [
        'ca_dir',
        'file-size',
        'error',
        'a file of ca_dir of TLS domain d holds more than 8388608 bytes: DIR/ca/b.pem',
      ],
    ],
    (materials) => {
      const ca = subfolder(materials, 'ca');
      writePem(ca, 'a.pem', materials.root.certificate);
      truncateSync(writePem(ca, 'b.pem', ''), 2 ** 30);
      pipe({ ...materials, folder: ca }, 'c.pem');
      return { ca_dir: ca };
    },
  ),
  fileRow(
    'a folder whose files are large together',
    [['ca_dir', 'file-size', 'error', 'ca_dir of TLS domain d holds more than 67108864 bytes: DIR/ca']],
    (materials) => {
      const ca = subfolder(materials, 'ca');
      for (let number = 0; number < 9; number++) {
        truncateSync(writePem(ca, `${number}.pem`, materials.root.certificate), 8 * 2 ** 20);
      }
      return { ca_dir: ca };
    },
  ),
];

export const brokenRows: readonly BrokenRow[] = [
  ...certificates,
  ...keys,
  ...authorities,
  ...tuning,
  ...hostile,
];
