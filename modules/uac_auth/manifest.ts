import type { Manifest } from '../../runtime/module-exports.ts';

export const manifest = {
  name: 'uac_auth',
  description: 'Credentials of this host, and the headers by which it answers challenges.',
  params: {
    credential: {
      type: 'string',
      list: true,
      description: '`user:realm:password` of one realm; of two for the same realm the last counts.',
    },
    auth_realm_avp: { type: 'string', description: 'The AVP with the realm that the two others are for.' },
    auth_username_avp: { type: 'string', description: 'The AVP with the user.' },
    auth_password_avp: { type: 'string', description: 'The AVP with the password.' },
  },
  api: 'answer(run, reply, request) gives the header lines that answer the challenges of a 401 or 407.',
} as const satisfies Manifest;
