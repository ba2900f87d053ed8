import type { Command, CommandSignature, PreparedArgument, ScriptRun } from '../../module-exports.ts';
import { socketNamed } from '../../net/out-socket.ts';
import type { ScriptMarks } from '../../variables/marks.ts';
import { textOf } from '../../variables/text.ts';
import type { ScriptEnvironment } from '../environment.ts';
import { requestOpensNone } from '../no-new-connection.ts';
import { result } from '../result.ts';

const forceTcpAlias: CommandSignature = {
  params: ['i?'],
  paramNames: ['port'],
  routes: '*',
  description:
    'finds the connection of the message by a port of its peer, else by that of its Via, too (RFC 5923)',
};

export const forwardSignatures: Readonly<Record<string, CommandSignature>> = {
  forward: {
    params: ['s?'],
    paramNames: ['destination'],
    routes: '*',
    description: 'passes the request on statelessly, to a destination, $du or the Request-URI',
  },
  send: {
    params: ['s', 's?'],
    paramNames: ['destination', 'headers'],
    routes: '*',
    description: 'sends the message as received, with more headers in front, to a destination',
  },
  force_tcp_alias: forceTcpAlias,
  add_tcp_alias: { ...forceTcpAlias, until: '3.0' },
  force_send_socket: {
    params: ['s'],
    paramNames: ['socket'],
    routes: '*',
    description: 'chooses the socket that the message goes out by',
  },
};

/** C: w_forward, w_send, w_f_send_sock, w_force_tcp_alias. */
export function forwardCommands(
  environment: ScriptEnvironment,
  marks: ScriptMarks,
): Readonly<Record<string, Command>> {
  const { forwarding, connectionAliases, globals, log, sockets } = environment;
  const onlyOpen = requestOpensNone(globals, marks);
  const unusable = (caller: string): number => {
    log.error(caller, 'nothing here sends messages on');
    return result.unspecified;
  };
  const forceAlias: Command = ({ message, source }, port) =>
    connectionAliases?.add(message, source, Number(port ?? 0)) ? result.true : result.unspecified;
  return {
    forward: {
      prepare([destination]) {
        forwarding?.willForward();
        return (run) => {
          if (!forwarding) return unusable('forward');
          return forwarding.forward(run, givenText(destination, run), onlyOpen(run));
        };
      },
    },
    send: (run, destination, headers) =>
      forwarding?.send(run, textOf(destination ?? null), textOf(headers ?? null), onlyOpen(run)) ??
      unusable('send'),
    force_tcp_alias: forceAlias,
    add_tcp_alias: forceAlias,
    force_send_socket: {
      prepare([named]) {
        const fixed = typeof named?.constant === 'string' ? named.constant : undefined;
        const known = fixed === undefined ? undefined : socketNamed(sockets(), fixed);
        return (run) => {
          const text = textOf(named?.evaluate(run) ?? null);
          const socket = known ?? socketNamed(sockets(), text);
          if (!socket) {
            log.error(
              'fixup_f_send_sock',
              `bad force_send_socket argument: ${text} is no socket of this host`,
            );
            return result.unspecified;
          }
          run.message.sendSocket = socket;
          return result.true;
        };
      },
    },
  };
}

function givenText(argument: PreparedArgument | undefined, run: ScriptRun): string | undefined {
  return argument?.given ? textOf(argument.evaluate(run)) : undefined;
}
