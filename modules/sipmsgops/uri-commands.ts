import type { CommandFunction, Logger, SipMessage, UriTools } from '../../runtime/module-exports.ts';

/** The functions about URIs. */
export function uriCommands(log: Logger, uris: UriTools): Readonly<Record<string, CommandFunction>> {
  return {
    ruri_has_param: ({ message }, name, value) =>
      uris.param(message.requestUri, String(name)) === (typeof value === 'string' ? value : ''),
    ruri_add_param({ message }, param) {
      if (param === '') return true;
      const changed = uris.addParam(message.requestUri, String(param));
      if (changed === undefined) log.error('ruri_add_param', 'new ruri too long');
      return setRequestUri(message, changed);
    },
    ruri_del_param: ({ message }, name) =>
      name === '' || setRequestUri(message, uris.removeParam(message.requestUri, String(name))),
    ruri_tel2sip({ message }) {
      if (!/^tel:/i.test(message.requestUri)) return true;
      const changed = uris.telToSip(message.requestUri, message.from?.uri ?? '');
      if (changed === undefined) log.error('ruri_tel2sip', 'parsing From header failed');
      return setRequestUri(message, changed);
    },
    is_uri_user_e164: (_run, uri) => uris.hasE164User(String(uri)),
  };
}

/** Deviation: true after a change, as the manual says; ruri_add_param and ruri_tel2sip of OpenSIPS answer false then. */
function setRequestUri(message: SipMessage, changed: string | undefined): boolean {
  if (changed === undefined) return false;
  message.requestUri = changed;
  return true;
}
