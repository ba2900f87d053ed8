import type { ModuleHost } from '../../runtime/module-exports.ts';
import { allowList } from './allow-list.ts';
import type { Limits } from './context.ts';
import { defaultOf, type ParamName, type PrefixedParam } from './parameter-table.ts';
import { networks } from './trusted-proxies.ts';

/** The limits that the parameters set. Errors: a trusted proxy that is no network. */
export function limitsOf(host: ModuleHost, name: ParamName): Limits {
  const number = (param: PrefixedParam) => numberOf(host, name(param), defaultOf(param));
  const texts = (param: PrefixedParam) => [host.params[name(param)] ?? []].flat().map(String);
  return {
    maxReads: number('max_msg_chunks'),
    maxMessageSize: number('max_msg_size'),
    maxFragments: number('max_fragments'),
    maxQueue: number('max_queue'),
    maxRequestSize: number('max_request_size'),
    requestTimeout: number('request_timeout'),
    handshakeTimeout: number('handshake_timeout'),
    sendTimeout: number('send_timeout'),
    closeTimeout: number('close_timeout'),
    pingInterval: number('ping_interval'),
    pongTimeout: number('pong_timeout'),
    checkUtf8: number('utf8_check') === 1,
    requireOrigin: numberOf(host, 'require_origin', defaultOf('require_origin')) === 1,
    allowedOrigins: allowList(texts('allowed_origins'), { anyCase: true }),
    allowedResources: allowList(texts('allowed_resources')),
    trustedProxies: networks(texts('trusted_proxies'), name('trusted_proxies')),
  };
}

/** The path that is asked for where a destination names none. */
export function resourceOf(host: ModuleHost, name: ParamName): string {
  return String(host.params[name('resource')] ?? defaultOf('resource'));
}

function numberOf(host: ModuleHost, name: string, otherwise: number | string): number {
  const value = host.params[name];
  return Number(typeof value === 'number' ? value : otherwise);
}
