import type { ModuleFactory } from '../../runtime/module-exports.ts';
import { createTcpProtocol } from '../proto_tcp/engine.ts';
import { manifest } from './manifest.ts';
import type { TlsApi } from './tls-api.ts';

export { manifest };

const createModule: ModuleFactory = (host) => {
  const tls = host.bind<TlsApi>('tls_mgm');
  const { params, version } = host;
  tls.adopt(manifest.name, params);
  // Files of 2.2 to 3.0 set the times of TLS in tls_mgm, for all protocols.
  const setThere = /^(2\.[^1]|3\.0)/.test(version);
  const timed = setThere ? { ...host, params: { ...params, tls_send_timeout: tls.sendTimeout } } : host;
  const streams = tls.streams({
    handshakeTimeout: setThere
      ? undefined
      : { milliseconds: Number(params.tls_handshake_timeout), param: 'tls_handshake_timeout' },
  });
  const { protocol, destroy } = createTcpProtocol(timed, {
    protocol: 'tls',
    prefix: 'tls',
    streams,
    readRule: 'each-turn',
  });
  return {
    protocols: {
      tls: {
        ...protocol,
        ...(params.cert_check_on_conn_reusage === 1 && { reuse: tls.reuse }),
      },
    },
    init() {
      host.log.info('mod_init', 'initializing TLS protocol');
    },
    destroy,
  };
};

export default createModule;
