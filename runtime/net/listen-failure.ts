import { type BoundPort, type PortOwner, portOwner } from './port-owner.ts';
import { type SystemNetwork, systemNetwork } from './system-network.ts';

/** What is asked of the machine; a test hands in its own. */
export interface FailureSystem {
  readonly owner: (bound: BoundPort) => PortOwner | undefined;
  readonly interfaces: SystemNetwork['interfaces'];
  readonly pid: number;
}

const thisSystem: FailureSystem = {
  owner: portOwner,
  interfaces: systemNetwork.interfaces,
  get pid() {
    return process.pid;
  },
};

/**
 * Why a socket could not be opened and what to do, behind the system's own words; '' where these have to do. `error` is
 * what the listen of node:net or node:dgram threw.
 */
export function whyNotListening(
  error: unknown,
  bound: BoundPort,
  system: FailureSystem = thisSystem,
): string {
  switch (codeOf(error)) {
    case 'EACCES':
    case 'EPERM':
      return bound.port < 1024 ? privileged : '';
    case 'EADDRNOTAVAIL':
      return foreign(bound, system);
    case 'EADDRINUSE':
      return taken(system.owner(bound), system);
    default:
      return '';
  }
}

/** Deviation: OpenSIPS has the system's words alone, for this and the two below. */
const privileged =
  'ports below 1024 need rights: start as root and give them up with -u, or give node the capability ' +
  'cap_net_bind_service, or lower the sysctl net.ipv4.ip_unprivileged_port_start, or take a higher port';

function foreign({ address }: BoundPort, system: FailureSystem): string {
  const own = system.interfaces().map((each) => each.address);
  return `no interface of this machine has the address ${address}; it has ${own.join(', ')}`;
}

function taken(owner: PortOwner | undefined, system: FailureSystem): string {
  if (!owner)
    return 'another process has this port (ss -lntup as root tells which): stop it, or take another port';
  if (owner.pid === system.pid)
    return 'this process has the port itself: another socket of the config takes it';
  const command = owner.command === '' ? '' : ` (${owner.command})`;
  return `process ${owner.pid}${command} has this port: stop it, or take another port`;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
