import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { expandedAddress } from '../sip/ip-address.ts';

/** A process that has a port. */
export interface PortOwner {
  readonly pid: number;
  /** Its command line, or what is known of it; '' where it cannot be read. */
  readonly command: string;
}

export interface BoundPort {
  readonly transport: 'stream' | 'datagram';
  readonly address: string;
  readonly port: number;
}

/** States of /proc/net (tcp_states.h): a listening socket of TCP, an open one of UDP. */
const openStates = { stream: '0A', datagram: '07' } as const;
const tables = { stream: ['tcp', 'tcp6'], datagram: ['udp', 'udp6'] } as const;
const longestCommand = 200;

/**
 * The process that has a port which could not be bound, as far as the system tells: on Linux from /proc, of other
 * users' processes to root alone. Undefined where it does not tell.
 */
export function portOwner(bound: BoundPort, proc = '/proc'): PortOwner | undefined {
  const inodes = new Set(tables[bound.transport].flatMap((table) => inodesIn(`${proc}/net/${table}`, bound)));
  if (inodes.size === 0) return undefined;
  const pid = numbersIn(proc).find((each) => holdsOne(`${proc}/${each}/fd`, inodes));
  return pid === undefined ? undefined : { pid: Number(pid), command: commandOf(`${proc}/${pid}/cmdline`) };
}

/** Of the sockets that stand in the way of that address: bound to it, or one of the two to all addresses. */
function inodesIn(table: string, { transport, address, port }: BoundPort): string[] {
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0');
  return linesOf(table).flatMap((line) => {
    const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/);
    const [host = '', itsPort] = local.split(':');
    if (itsPort !== hexPort || state !== openStates[transport]) return [];
    return isEveryAddress(host) || isEveryAddress(hexAddress(address)) || host === hexAddress(address)
      ? [inode]
      : [];
  });
}

function isEveryAddress(hex: string): boolean {
  return /^0+$/.test(hex);
}

/** As /proc/net has it on machines of the usual byte order: each 32-bit group backwards. */
function hexAddress(address: string): string {
  const bytes = address.includes(':')
    ? expandedAddress(address)
        .split(':')
        .flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff])
    : address.split('.').map(Number);
  let hex = '';
  for (let at = 0; at < bytes.length; at += 4) {
    for (const byte of bytes.slice(at, at + 4).toReversed()) hex += byte.toString(16).padStart(2, '0');
  }
  return hex.toUpperCase();
}

function holdsOne(folder: string, inodes: ReadonlySet<string>): boolean {
  return numbersIn(folder).some((descriptor) => {
    const inode = /^socket:\[(\d+)\]$/.exec(linkOf(`${folder}/${descriptor}`))?.[1];
    return inode !== undefined && inodes.has(inode);
  });
}

/** Arguments with a blank between them. */
function commandOf(path: string): string {
  const text = linesOf(path).join(' ').replaceAll('\0', ' ').trim();
  return text.replace(/[^ -~]/g, '?').slice(0, longestCommand);
}

function linesOf(path: string): string[] {
  try {
    return readFileSync(path, 'latin1').split('\n');
  } catch {
    return [];
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

/** The entries of a folder that are numbers; none of one that may not be read. */
function numbersIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}
