import type { ConnectionReuse, StreamTools } from '../../runtime/module-exports.ts';

/** What this module needs of tls_mgm. */
export interface TlsApi {
  /** The host's stream tools with TLS on each stream. */
  streams(profile: {
    readonly handshakeTimeout?: { readonly milliseconds: number; readonly param: string } | undefined;
    readonly plainAnswer?: string | undefined;
  }): StreamTools;
  /** tls_send_timeout, milliseconds. */
  readonly sendTimeout: number;
  /** Tells connections apart by their client domain and server name. */
  readonly reuse: ConnectionReuse;
}
