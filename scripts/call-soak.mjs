// A soak of ten minutes: sixty users over udp, tcp and ws register, call, cancel, hang up, write, and lose their
// connections at random, by a seed. When all is over, memory (after a collection), timers and tables have to be what they
// were before. Prints the figures; ends with 1 where they are not.
// Usage: npm run build && node scripts/call-soak.mjs [seconds] [seed] [users]
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { heldBy, letAgentsLive, soakConfig } from '../build/test/calls/soak.js';

const seconds = Number(process.argv[2] ?? 600);
const seed = Number(process.argv[3] ?? 1);
const agents = Number(process.argv[4] ?? 60);
/** Milliseconds between two things that one user does, at most. */
const pace = 400;
/** What is compiled and cached for good is made in this time, and counts as what was there before. */
const warmUp = Math.min(60, Math.max(5, seconds / 5));
/** Seconds that transactions, registrations and connections may take to be over. */
const patience = 90;
/** Bytes in use that may be there more than before. */
const slack = 4 * 1024 * 1024;

const child = fork(new URL('call-soak-host.mjs', import.meta.url), {
  execArgv: ['--expose-gc'],
  stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
});

async function ask(message) {
  child.send(message);
  const [answer] = await once(child, 'message');
  return answer;
}

/** What the host holds but for its memory. */
const tables = ({ statistics, connections, waitingRuns, timers }) => ({
  ...heldBy(statistics),
  connections,
  waitingRuns,
  timers,
});
const megabytes = (bytes) => `${(bytes / 1024 / 1024).toFixed(1)} MB`;
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** Asks until the tables are what they were, or the time for that is over. */
async function settled(before) {
  const end = performance.now() + patience * 1000;
  for (;;) {
    const now = await ask({});
    const isSettled = same(tables(now), tables(before)) && now.memory - before.memory < slack;
    if (isSettled || performance.now() > end) return now;
    await wait(1000);
  }
}

function tell(when, figures) {
  const held = Object.entries(tables(figures)).map(([name, value]) => `${name} ${value}`);
  console.log(
    `${when}: ${megabytes(figures.memory)} in use, rss ${megabytes(figures.rss)}; ${held.join(', ')}`,
  );
}

const ports = await ask({ config: soakConfig() });
const empty = await ask({});
tell('started', empty);
await letAgentsLive({ ports, agents, seconds: warmUp, seed: seed + 1, pace });
const before = await settled({ ...empty, memory: Number.POSITIVE_INFINITY });
tell(`after ${warmUp} s to get warm`, before);
const living = letAgentsLive({ ports, agents, seconds, seed, pace });
await wait(seconds * 500);
tell('in the middle', await ask({}));
const deeds = await living;
console.log(
  Object.entries(deeds)
    .map(([deed, times]) => `${times} ${deed}`)
    .join(', '),
);
const after = await settled(before);
tell('afterwards', after);
child.disconnect();
const grown = after.memory - before.memory;
const isSame = same(tables(after), tables(before));
console.log(`tables ${isSame ? 'as before' : 'NOT as before'}, ${megabytes(grown)} more in use`);
process.exitCode = isSame && grown < slack ? 0 : 1;
