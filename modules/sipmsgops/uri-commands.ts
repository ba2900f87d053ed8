import type { CommandFunction, Logger, SipMessage } from '../../runtime/module-exports.ts';
import { joinUri, splitUri } from './uri-text.ts';

/** The functions about URIs. */
export function uriCommands(log: Logger): Readonly<Record<string, CommandFunction>> {
  return {
    ruri_has_param({ message }, name, value) {
      const found = splitUri(message.requestUri).params.find((param) => param.name === name);
      return found !== undefined && found.value === (typeof value === 'string' ? value : '');
    },
    ruri_add_param({ message }, text) {
      if (text === '') return true;
      const uri = splitUri(message.requestUri);
      message.requestUri = joinUri({ ...uri, headers: `;${text}${uri.headers}` });
      return true;
    },
    ruri_del_param({ message }, name) {
      if (name === '') return true;
      const uri = splitUri(message.requestUri);
      const at = uri.params.findIndex((param) => param.name === name);
      if (at < 0) return false;
      message.requestUri = joinUri({ ...uri, params: uri.params.filter((_, each) => each !== at) });
      return true;
    },
    ruri_tel2sip({ message }) {
      if (!/^tel:/i.test(message.requestUri)) return true;
      const host = hostOfFrom(message);
      if (host === undefined) {
        log.error('ruri_tel2sip', 'parsing From header failed');
        return false;
      }
      message.requestUri = `sip:${message.requestUri.slice(4)}@${host};user=phone`;
      return true;
    },
    is_uri_user_e164: (_run, uri) => e164.test(String(uri)),
  };
}

/** + and 2 to 15 digits as the user of a sip URI, or as the number of a tel URI. */
const e164 = /^(?:sips?:\+\d{2,15}[:;@]|tel:\+\d{2,15}(?:;|$))/i;

function hostOfFrom({ from }: SipMessage): string | undefined {
  return /^sips?:(?:[^@]*@)?(\[[^\]]+\]|[^:;?]+)/i.exec(from?.uri ?? '')?.[1];
}
