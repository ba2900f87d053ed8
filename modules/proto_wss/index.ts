import type { ModuleFactory } from '../../runtime/module-exports.ts';
import { createWebSocketProtocol } from '../proto_ws/engine.ts';
import { manifest } from './manifest.ts';
import { plainAnswer } from './plain-answer.ts';
import type { TlsApi } from './tls-api.ts';

export { manifest };

const createModule: ModuleFactory = (host) => {
  const tls = host.bind<TlsApi>('tls_mgm');
  const { params } = host;
  // Files before 3.1 set the times of TLS in tls_mgm, for all protocols.
  const before31 = /^(2\.|3\.0)/.test(host.version);
  const timed = before31 ? { ...host, params: { ...params, wss_send_timeout: tls.sendTimeout } } : host;
  const streams = tls.streams({
    handshakeTimeout: before31
      ? undefined
      : { milliseconds: Number(params.wss_tls_handshake_timeout), param: 'wss_tls_handshake_timeout' },
    plainAnswer,
  });
  const { protocol, variables, destroy } = createWebSocketProtocol(timed, {
    protocol: 'wss',
    prefix: 'wss',
    streams,
    readRule: 'each-turn',
  });
  return {
    variables,
    protocols: {
      wss: {
        ...protocol,
        ...(params.cert_check_on_conn_reusage === 1 && { reuse: tls.reuse }),
      },
    },
    init() {
      host.log.info('mod_init', 'initializing Secure WebSocket protocol');
    },
    destroy,
  };
};

export default createModule;
