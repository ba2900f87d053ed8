import { describeTwoHosts } from '../secure-peers.ts';
import { makeTlsFiles } from '../tls-domains.ts';

describeTwoHosts(
  { protocol: 'tls', patience: ['modparam("proto_tls", "tls_handshake_timeout", 20000)'] },
  await makeTlsFiles(),
);
