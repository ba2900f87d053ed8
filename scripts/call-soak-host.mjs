// The host of call-soak.mjs, a process of its own: starts tsips on the config that it is sent, and tells what it holds
// whenever it is asked, after a collection.
import { createHost } from '../dist/index.js';

let pending = 0;
/** Node's timers, counted. */
const clock = {
  now: () => performance.now(),
  after(milliseconds, call) {
    pending += 1;
    let isPending = true;
    const done = () => {
      if (isPending) pending -= 1;
      isPending = false;
    };
    const timer = setTimeout(() => {
      done();
      call();
    }, milliseconds);
    return () => {
      clearTimeout(timer);
      done();
    };
  },
  every(milliseconds, call) {
    pending += 1;
    const timer = setInterval(call, milliseconds);
    return () => {
      clearInterval(timer);
      pending -= 1;
    };
  },
};
let host;

function figures() {
  globalThis.gc();
  const { heapUsed, external, rss } = process.memoryUsage();
  return {
    memory: heapUsed + external,
    rss,
    statistics: host.statistics.entries(),
    connections: host.connections.length,
    waitingRuns: host.waitingRuns,
    timers: pending,
  };
}

process.on('message', async ({ config }) => {
  if (config === undefined) {
    process.send(figures());
    return;
  }
  host = await createHost({ config, clock, listenOn: () => '127.0.0.1:0' });
  await host.start();
  process.send(Object.fromEntries(host.listeners.map(({ protocol, port }) => [protocol, port])));
});
process.on('disconnect', () => process.exit(0));
