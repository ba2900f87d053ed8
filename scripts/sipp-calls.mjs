// 10,000 calls of sipp's own scenarios through tsips: over UDP, over TCP, and over UDP with 2 % of the packets lost on
// each side of it. Prints what sipp counted; ends with 1 where a call failed.
// A callee of sipp forgets a call four seconds after its BYE, so a seed of the losses that takes three packets of one BYE
// in a row cannot be got through by any proxy; that by default has none.
// Usage: npm run build && node scripts/sipp-calls.mjs [calls] [calls a second] [seed]
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../build/test/calls/ports.js';
import { startProgram } from '../build/test/calls/program.js';
import { relayingConfig, runLoad, withoutSipp } from '../build/test/calls/sipp-run.js';

const calls = Number(process.argv[2] ?? 10_000);
const rate = Number(process.argv[3] ?? 500);
const seed = Number(process.argv[4] ?? 11);
const runs = [
  { name: 'UDP', transport: 'udp', loss: 0 },
  { name: 'TCP', transport: 'tcp', loss: 0 },
  { name: 'UDP, 2 % lost', transport: 'udp', loss: 0.02 },
];
const folder = mkdtempSync(join(tmpdir(), 'tsips-calls-'));

/** The program itself, on free ports. */
async function start(config, transport) {
  const [udp, tcp] = [await freePort('udp'), await freePort('tcp')];
  const file = join(folder, 'opensips.cfg');
  writeFileSync(
    file,
    config
      .replace('udp:127.0.0.1:5060', `udp:127.0.0.1:${udp}`)
      .replace('tcp:127.0.0.1:5060', `tcp:127.0.0.1:${tcp}`),
  );
  const running = await startProgram('dist/tsips.js', file, udp);
  return { port: transport === 'udp' ? udp : tcp, stop: () => running.end('SIGTERM') };
}

if (withoutSipp) {
  console.error(withoutSipp);
  process.exit(1);
}
let failed = 0;
for (const { name, transport, loss } of runs) {
  const relay = (callee) => start(relayingConfig(callee, transport), transport);
  const figures = await runLoad(relay, { calls, rate, transport, loss, seed });
  const bad = calls - figures.successful;
  failed += bad;
  const lost = loss === 0 ? '' : `, ${figures.lost} packets lost of ${figures.lost + figures.passed}`;
  const pace = `${figures.seconds.toFixed(1)} s (${Math.round(calls / figures.seconds)}/s)`;
  console.log(
    `${name}: ${figures.successful} calls of ${calls} in ${pace}, ${figures.retransmissions} retransmissions${lost}`,
  );
  if (bad > 0) console.log(figures.report);
}
rmSync(folder, { recursive: true, force: true });
process.exit(failed === 0 ? 0 : 1);
