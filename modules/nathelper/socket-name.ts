import type { ListenSocket, ModuleHost } from '../../runtime/module-exports.ts';

/** The socket that `[protocol:]host[:port]` means; undefined for '' and for one that this host does not have. */
export function socketNamed(
  text: string,
  { sockets, log }: Pick<ModuleHost, 'sockets' | 'log'>,
): ListenSocket | undefined {
  if (text === '') return undefined;
  const found = /^(?:([a-z_]+):)?(\[[^\]]*\]|[^:]+)(?::(\d+))?$/i.exec(text);
  const [, protocol, host = '', port] = found ?? [];
  const bare = host.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  const socket = sockets.find(
    (one) =>
      (protocol === undefined || one.protocol === protocol.toLowerCase()) &&
      [one.host, one.address].some((name) => name.toLowerCase() === bare) &&
      (port === undefined || one.port === Number(port)),
  );
  if (!socket) log.warning('mod_init', `force_socket <${text}> is no socket of this host`);
  return socket;
}
