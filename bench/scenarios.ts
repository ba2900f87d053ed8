import type { Wanted } from './configs.ts';
import type { Task } from './driver-tasks.ts';
import { drive } from './driving.ts';
import { cpuOf, memoryOf } from './process-cost.ts';
import type { Place, Program, Running } from './programs.ts';

/** What is measured of each program in turn, with a fresh server for every sample. */
export interface Scenario {
  readonly name: string;
  readonly unit: 'µs' | 'KiB';
  /** The most that tsips may cost, as a ratio; absent: no target. */
  readonly targets: Readonly<Partial<Record<'bare ws' | 'opensips', number>>>;
  /** One figure of one program; undefined where it has nothing of the kind. */
  sample(program: Program, place: Place, effort: number): Promise<number | undefined>;
}

type Protocol = Wanted['protocol'];

/** Starts a server, measures, and stops it whatever happens. */
async function withServer<T>(
  program: Program,
  wanted: Wanted,
  place: Place,
  measure: (server: Running) => Promise<T>,
): Promise<T> {
  const server = await program.start(wanted, place);
  try {
    return await measure(server);
  } finally {
    await server.stop();
  }
}

/** Microseconds of CPU for each of what the driver counts. */
async function cost({ pid }: Running, task: Task): Promise<number> {
  const driving = await drive(task);
  try {
    const before = cpuOf(pid);
    const count = await driving.go();
    return (cpuOf(pid) - before) / 1000 / count;
  } finally {
    driving.end();
  }
}

/** What a task costs a fresh server. */
function costOf(wanted: Wanted, task: (port: number, effort: number) => Task): Scenario['sample'] {
  return (program, place, effort) =>
    withServer(program, wanted, place, (server) => cost(server, task(server.port, effort)));
}

interface Load {
  readonly protocol: Protocol;
  readonly inFlight: number;
  readonly bytes: number;
  readonly targets: Scenario['targets'];
}

function loadScenario({ protocol, inFlight, bytes, targets }: Load): Scenario {
  const size = bytes === 400 ? '' : `, ${bytes} bytes`;
  return {
    name: `OPTIONS→200, ${protocol}, ${inFlight} in flight${size}`,
    unit: 'µs',
    targets,
    sample: costOf({ protocol, script: 'answer' }, (port, effort) =>
      loadTask(port, protocol, inFlight, bytes, effort),
    ),
  };
}

function loadTask(port: number, protocol: Protocol, inFlight: number, bytes: number, effort: number) {
  const messages = Math.round((inFlight === 1 ? 40_000 : 80_000) * effort);
  // V8 compiles what is hot within the first ten thousands.
  const warmUp = Math.round(40_000 * effort);
  return { kind: 'load', protocol, port, connections: 50, inFlight, warmUp, messages, bytes } as const;
}

function passScenario(protocol: Protocol, inFlight: number): Scenario {
  return {
    name: `MESSAGE passed on, ${protocol}, ${inFlight} in flight`,
    unit: 'µs',
    targets: {},
    sample: costOf({ protocol, script: 'pass' }, (port, effort) => ({
      kind: 'pass',
      protocol,
      port,
      pairs: 25,
      inFlight,
      warmUp: Math.round(30_000 * effort),
      messages: Math.round(40_000 * effort),
      bytes: 400,
    })),
  };
}

interface SetUp {
  readonly protocol: Protocol;
  readonly resume?: boolean;
  readonly targets: Scenario['targets'];
}

function setUpScenario({ protocol, resume = false, targets }: SetUp): Scenario {
  const kind = protocol === 'ws' ? '' : resume ? ', resumed' : ', full handshake';
  return {
    name: `set-up and close, ${protocol}${kind}`,
    unit: 'µs',
    targets,
    sample: costOf({ protocol, script: 'answer' }, (port, effort) => ({
      kind: 'set up',
      protocol,
      port,
      atOnce: 8,
      // V8 has compiled all of it by then.
      warmUp: Math.round(4000 * effort),
      connections: Math.round((protocol === 'ws' ? 8000 : 2000) * effort),
      resume,
    })),
  };
}

function memoryScenario(protocol: Protocol, targets: Scenario['targets'], keepalive?: boolean): Scenario {
  const kept = keepalive === undefined ? '' : keepalive ? ', with keepalive' : ', without keepalive';
  return {
    name: `memory of an idle connection, ${protocol}${kept}`,
    unit: 'KiB',
    targets,
    sample: (program, place, effort) =>
      keepalive !== undefined && program.name === 'bare ws'
        ? Promise.resolve(undefined)
        : withServer(
            program,
            { protocol, script: 'answer', ...(keepalive !== undefined && { keepalive }) },
            place,
            (server) => memoryOfConnection(server, protocol, Math.round(10_000 * effort)),
          ),
  };
}

/** The first 500 grow what a server keeps for all of them, and are not counted. */
async function memoryOfConnection({ port, pid }: Running, protocol: Protocol, connections: number) {
  const first = await drive({ kind: 'hold', protocol, port, connections: Math.min(500, connections) });
  try {
    const before = memoryOf(pid);
    const rest = await drive({ kind: 'hold', protocol, port, connections });
    try {
      const after = memoryOf(pid);
      const open = await rest.go();
      if (open !== connections) throw new Error(`${open} of ${connections} connections are still open`);
      return (after - before) / 1024 / connections;
    } finally {
      rest.end();
    }
  } finally {
    first.end();
  }
}

function crowdScenario(others: number): Scenario {
  return {
    name: `OPTIONS→200, ws, 8 in flight, ${others} other connections`,
    unit: 'µs',
    targets: {},
    sample: (program, place, effort) =>
      withServer(program, { protocol: 'ws', script: 'answer' }, place, async (server) => {
        const { port } = server;
        const connections = Math.round(others * effort);
        const crowd = await drive({ kind: 'hold', protocol: 'ws', port, connections });
        try {
          return await cost(server, loadTask(port, 'ws', 8, 400, effort));
        } finally {
          crowd.end();
        }
      }),
  };
}

/** Names of the two whose ratio has a target of its own. */
export const crowds = { few: crowdScenario(1000), many: crowdScenario(10_000) } as const;

const pipelined = { 'bare ws': 1.05, opensips: 0.75 };
const secure = { 'bare ws': 1.25, opensips: 0.6 };

/** What servers cost, by message, by connection and in memory. */
export const scenarios: readonly Scenario[] = [
  loadScenario({ protocol: 'ws', inFlight: 1, bytes: 400, targets: { 'bare ws': 1.15, opensips: 1.2 } }),
  loadScenario({ protocol: 'ws', inFlight: 8, bytes: 400, targets: pipelined }),
  loadScenario({ protocol: 'ws', inFlight: 32, bytes: 400, targets: pipelined }),
  loadScenario({ protocol: 'ws', inFlight: 8, bytes: 1200, targets: {} }),
  loadScenario({ protocol: 'wss', inFlight: 1, bytes: 400, targets: secure }),
  loadScenario({ protocol: 'wss', inFlight: 8, bytes: 400, targets: secure }),
  loadScenario({ protocol: 'wss', inFlight: 32, bytes: 400, targets: secure }),
  loadScenario({ protocol: 'wss', inFlight: 8, bytes: 1200, targets: {} }),
  setUpScenario({ protocol: 'ws', targets: { 'bare ws': 1.15, opensips: 1 } }),
  setUpScenario({ protocol: 'wss', targets: { 'bare ws': 1.05, opensips: 1.05 } }),
  setUpScenario({ protocol: 'wss', resume: true, targets: {} }),
  memoryScenario('ws', { 'bare ws': 1.25 }),
  memoryScenario('wss', { 'bare ws': 1.1, opensips: 1 }),
  memoryScenario('ws', {}, true),
  memoryScenario('ws', {}, false),
  memoryScenario('wss', {}, true),
  memoryScenario('wss', {}, false),
  crowds.few,
  crowds.many,
  passScenario('ws', 1),
  passScenario('ws', 8),
];
