import type { Manifest, ModuleFactory } from '../../runtime/module-exports.ts';

export const manifest = {
  name: 'tls_wolfssl',
  description: 'Accepted, and without effect: the OpenSSL of Node does the work of TLS.',
  kind: 'tls',
  versions: { since: '3.2' },
} as const satisfies Manifest;

const createModule: ModuleFactory = () => ({});

export default createModule;
