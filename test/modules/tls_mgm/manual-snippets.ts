/**
 * The config lines of OpenSIPS's manuals of proto_wss (1.1 to 1.3) and proto_ws, word for word. `...` stands there for
 * other lines. The line `mpath=/path/to/modules` of both is left out: OpenSIPS itself refuses it without quotes.
 */
export interface Snippet {
  readonly what: string;
  readonly text: string;
}

export const secureListeners: Snippet = {
  what: 'proto_wss 1.1, the listeners',
  text: `...
listen=wss:10.0.0.1                     # change with the listening IP
listen=wss:10.0.0.1:5060        # change with the listening IP and port
...`,
};

export const tlsParameters: Snippet = {
  what: 'proto_wss 1.1, the TLS parameters',
  text: `modparam("tls_mgm", "certificate", "/certs/biloxy.com/cert.pem")
modparam("tls_mgm", "private_key", "/certs/biloxy.com/privkey.pem")
modparam("tls_mgm", "ca_list", "/certs/wellknownCAs")
modparam("tls_mgm", "tls_method", "tlsv1")
modparam("tls_mgm", "verify_cert", "1")
modparam("tls_mgm", "require_cert", "1")`,
};

export const secureListener: Snippet = {
  what: 'proto_wss 1.3.1, the listener',
  text: `...
listen = wss:1.2.3.4:44344
...`,
};

export const secureParameters: readonly Snippet[] = [
  {
    what: 'proto_wss 1.3.2, wss_port',
    text: `...
modparam("proto_wss", "wss_port", 44344)
...`,
  },
  {
    what: 'proto_wss 1.3.3, wss_max_msg_chunks',
    text: `...
modparam("proto_wss", "wss_max_msg_chunks", 8)
...`,
  },
  {
    what: 'proto_wss 1.3.4, wss_resource',
    text: `...
modparam("proto_wss", "wss_resource", "/wss")
...`,
  },
  {
    what: 'proto_wss 1.3.5, wss_handshake_timeout',
    text: `...
modparam("proto_wss", "wss_handshake_timeout", 300)
...`,
  },
];

export const plainListeners: Snippet = {
  what: 'proto_ws 1.1, the listeners',
  text: `...
listen=ws:127.0.0.1             # change with the listening IP
listen=ws:127.0.0.1:5060        # change with the listening IP and port
...`,
};

export const plainParameters: readonly Snippet[] = [
  {
    what: 'proto_ws 1.3.1, ws_port',
    text: `...
modparam("proto_ws", "ws_port", 8080)
...`,
  },
  {
    what: 'proto_ws 1.3.2, ws_send_timeout',
    text: `...
modparam("proto_ws", "ws_send_timeout", 200)
...`,
  },
  {
    what: 'proto_ws 1.3.3, ws_max_msg_chunks',
    text: `...
modparam("proto_ws", "ws_max_msg_chunks", 8)
...`,
  },
];

/** A whole config of snippets: listeners, the modules, parameters, a route that answers. */
export function configOf(
  listeners: readonly Snippet[],
  modules: readonly string[],
  parameters: readonly Snippet[],
): string {
  return [
    ...listeners.map(({ text }) => withoutDots(text)),
    ...[...modules, 'sl'].map((name) => `loadmodule "${name}.so"`),
    ...parameters.map(({ text }) => withoutDots(text)),
    'route { sl_send_reply("200", "OK"); }',
    '',
  ].join('\n');
}

function withoutDots(text: string): string {
  return text
    .split('\n')
    .filter((line) => line !== '...')
    .join('\n');
}
