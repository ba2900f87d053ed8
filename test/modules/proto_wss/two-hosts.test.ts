import { describeTwoHosts } from '../secure-peers.ts';
import { makeTlsFiles } from '../tls-domains.ts';

describeTwoHosts(
  {
    protocol: 'wss',
    patience: [
      'modparam("proto_wss", "wss_handshake_timeout", 20000)',
      'modparam("proto_wss", "wss_tls_handshake_timeout", 20000)',
    ],
  },
  await makeTlsFiles(),
);
