/** `node build/test/runtime/fuzz/run.js [messages] [seed]`: the fuzz at full length, with its figures. */

import { fuzzMessages } from './messages.ts';
import { problemsOf } from './verdict.ts';

const [messages = '100000', seed = String(Date.now() % 1_000_000)] = process.argv.slice(2);
const began = performance.now();
const report = await fuzzMessages({ messages: Number(messages), seed: Number(seed) });
const share = ((report.reachedScript / report.mutated) * 100).toFixed(1);
const kilobytes = (bytes: number) => `${Math.round(bytes / 1024)} KiB`;
console.log(
  `seed ${seed}, ${report.random + report.mutated} messages in ${Math.round(performance.now() - began)} ms`,
);
console.log(`random bytes: ${report.random}, ${report.randomReachedScript} reached the script`);
console.log(`mutations: ${report.mutated}, ${report.reachedScript} (${share} %) reached the script`);
console.log(
  `over WebSocket: ${report.overWebSocket}, connections closed by the host: ${report.closedConnections}`,
);
console.log(`answers: ${report.answers}`);
console.log(`heap: ${kilobytes(report.heapBefore)} before, ${kilobytes(report.heapAfter)} after`);
const problems = problemsOf(report);
for (const problem of problems) console.log(`WRONG: ${problem}`);
process.exitCode = problems.length === 0 ? 0 : 1;
