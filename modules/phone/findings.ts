import { BlockList, isIP } from 'node:net';
import type { ListenSocket, ModuleFinding } from '../../runtime/module-exports.ts';

/** What is wrong with the parameters, or missing around them. */
export function findings(ip: string, sockets: readonly ListenSocket[]): readonly ModuleFinding[] {
  return [...ofAddress(ip), ...ofSockets(sockets)];
}

function ofAddress(ip: string): readonly ModuleFinding[] {
  if (isIP(ip) === 0) {
    return [
      {
        code: 'address-form',
        severity: 'error',
        message: `${ip} is not an address`,
        why: 'the page cannot be served there',
        help: 'write an IPv4 or IPv6 address, the latter without brackets',
        param: 'ip',
      },
    ];
  }
  if (isLoopback(ip)) return [];
  return [
    {
      code: 'open-to-others',
      severity: 'warning',
      message: `the page can be reached from other machines at ${ip}`,
      why: 'it is meant to try a config with; browsers give no microphone to pages of other machines without TLS',
      help: 'serve it at 127.0.0.1, and reach it from elsewhere through ssh -L',
      param: 'ip',
    },
  ];
}

function ofSockets(sockets: readonly ListenSocket[]): readonly ModuleFinding[] {
  if (sockets.some(({ protocol }) => protocol === 'ws' || protocol === 'wss')) return [];
  return [
    {
      code: 'no-websocket',
      severity: 'warning',
      message: 'there is no ws or wss socket',
      why: 'browsers have no other way to send SIP',
      help: 'load proto_ws and write socket=ws:127.0.0.1:8080',
    },
  ];
}

function isLoopback(ip: string): boolean {
  const loopback = new BlockList();
  loopback.addSubnet('127.0.0.0', 8);
  loopback.addAddress('::1', 'ipv6');
  return loopback.check(ip, isIP(ip) === 6 ? 'ipv6' : 'ipv4');
}
