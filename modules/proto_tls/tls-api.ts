import type { ConnectionReuse, ModuleHost, StreamTools } from '../../runtime/module-exports.ts';

/** What this module needs of tls_mgm. */
export interface TlsApi {
  /** Takes parameters of domains that were given to this module, as files of 2.1 do. */
  adopt(module: string, params: ModuleHost['params']): void;
  /** The host's stream tools with TLS on each stream. */
  streams(profile: {
    readonly handshakeTimeout?: { readonly milliseconds: number; readonly param: string } | undefined;
  }): StreamTools;
  /** tls_send_timeout, milliseconds. */
  readonly sendTimeout: number;
  /** Tells connections apart by their client domain and server name. */
  readonly reuse: ConnectionReuse;
}
