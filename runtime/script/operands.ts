import type { Operand } from '../../grammar/index.ts';
import type { ScriptRun, ScriptValue } from '../module-exports.ts';
import { expandedAddress } from '../sip/ip-address.ts';
import { report, type Scope } from './scope.ts';

type Get = (run: ScriptRun) => ScriptValue;

/** The largest message of OpenSIPS over UDP: what `max_len` stands for (config.h, BUF_SIZE). */
const maxLength = 65_535;

/** The operands of conditions up to 2.2 (cfg.y: exp_elem); later versions have variables for all of them. */
const operands: Readonly<Record<string, Get>> = {
  method: (run) => run.message.method,
  uri: (run) => (run.message.isRequest ? run.message.requestUri : null),
  from_uri: (run) => run.message.from?.uri ?? null,
  to_uri: (run) => run.message.to?.uri ?? null,
  src_ip: (run) => expandedAddress(run.source.remoteAddress),
  src_port: (run) => run.source.remotePort,
  dst_ip: (run) => expandedAddress(run.source.socket.address),
  dst_port: (run) => run.source.socket.port,
  proto: (run) => run.source.protocol,
  af: (run) => (run.source.socket.family === 6 ? 'INET6' : 'INET'),
  'msg:len': (run) => run.message.text.length,
  max_len: () => maxLength,
  status: (run) => (run.message.isRequest ? null : run.message.statusCode),
  retcode: (run) => run.returnCode,
  '$?': (run) => run.returnCode,
  $retcode: (run) => run.returnCode,
  udp: () => 'udp',
  tcp: () => 'tcp',
  tls: () => 'tls',
  sctp: () => 'sctp',
  ws: () => 'ws',
  wss: () => 'wss',
  inet: () => 'INET',
  inet6: () => 'INET6',
};

export function compileOperand(scope: Scope, operand: Operand): Get {
  const name = operand.name.toLowerCase();
  const get = Object.hasOwn(operands, name) ? operands[name] : undefined;
  if (get) return get;
  report(scope, 'script-unusable', operand.span, `the operand ${operand.name} cannot be used here`);
  return () => null;
}
