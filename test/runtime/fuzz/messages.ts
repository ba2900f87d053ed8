/** Hands bad messages to a host and reports what became of them. */

import { readFileSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createHost, createLog, type Host, type Log } from '../../../runtime/index.ts';
import { parseMessage } from '../../../runtime/sip/message.ts';
import { mutatedMessage, randomMessage } from './mutations.ts';
import { sendOverWebSocket } from './over-websocket.ts';
import { createRandom, type Random } from './random.ts';

interface FuzzOptions {
  /** How many messages: half random bytes, half mutations; of both a tenth over a WebSocket. */
  readonly messages: number;
  readonly seed: number;
}

export interface FuzzReport {
  readonly random: number;
  readonly mutated: number;
  /** Of the mutated ones, how many the script saw. */
  readonly reachedScript: number;
  /** Of the random ones. */
  readonly randomReachedScript: number;
  readonly answers: number;
  /** Messages that the host sent and that are no SIP messages, though the request was one. */
  readonly badAnswers: readonly string[];
  readonly overWebSocket: number;
  /** Connections that the host ended while messages came. */
  readonly closedConnections: number;
  /** What was thrown past everybody. */
  readonly escaped: readonly unknown[];
  /** Lines of errors that no bad message explains: a command threw, the script failed. */
  readonly failures: readonly string[];
  /** Bytes of heap in use after a collection: when the host was warm, and at the end. */
  readonly heapBefore: number;
  readonly heapAfter: number;
  /** What is left when all is done; all 0 where the host cleans up. */
  readonly waitingRuns: number;
  readonly connections: number;
}

const folder = new URL('../../../../test/runtime/fuzz/', import.meta.url);

export async function fuzzMessages({ messages, seed }: FuzzOptions): Promise<FuzzReport> {
  const random = createRandom(seed);
  const escaped: unknown[] = [];
  const note = (reason: unknown) => escaped.push(reason);
  process.on('unhandledRejection', note);
  process.on('uncaughtException', note);
  const failures: string[] = [];
  const host = await createHost({
    config: readFileSync(new URL('fuzz.cfg', folder), 'latin1').replace(
      'MPATH',
      fileURLToPath(new URL('mpath', folder)),
    ),
    name: 'fuzz.cfg',
    listenOn: () => '127.0.0.1:0',
    log: quietLog(failures),
  });
  await host.start();
  try {
    await inject(host, createRandom(seed + 1), Math.min(messages, 4000));
    await sendOverWebSocket(host, createRandom(seed + 2), Math.min(messages, 1000) >> 1);
    const heapBefore = await heapInUse();
    const overWebSocket = Math.floor(messages / 10);
    const injected = await inject(host, random, messages - overWebSocket);
    const sent = await sendOverWebSocket(host, random, overWebSocket);
    const heapAfter = await heapInUse();
    return {
      random: injected.random + sent.random,
      mutated: injected.mutated + sent.mutated,
      reachedScript: injected.reachedScript + sent.reachedScript,
      randomReachedScript: injected.randomReachedScript + sent.randomReachedScript,
      answers: injected.answers + sent.answers,
      badAnswers: injected.badAnswers,
      overWebSocket,
      closedConnections: sent.closedConnections,
      escaped,
      failures,
      heapBefore,
      heapAfter,
      waitingRuns: host.waitingRuns,
      connections: host.connections.length,
    };
  } finally {
    await host.stop();
    process.off('unhandledRejection', note);
    process.off('uncaughtException', note);
  }
}

/** How often the script said that it was reached. */
export function reachedCount(host: Host): number {
  return host.statistics.get('witness:reached') ?? 0;
}

interface Injected {
  random: number;
  mutated: number;
  reachedScript: number;
  randomReachedScript: number;
  answers: number;
  readonly badAnswers: string[];
}

/** Random and mutated messages in turn; in between, waiting runs get their turns. */
async function inject(host: Host, random: Random, count: number): Promise<Injected> {
  const done: Injected = {
    random: 0,
    mutated: 0,
    reachedScript: 0,
    randomReachedScript: 0,
    answers: 0,
    badAnswers: [],
  };
  for (let number = 0; number < count; number++) {
    const before = reachedCount(host);
    if (number % 2 === 0) {
      done.random++;
      done.answers += host.inject(randomMessage(random)).length;
      done.randomReachedScript += reachedCount(host) - before;
    } else {
      done.mutated++;
      const text = mutatedMessage(random);
      const answers = host.inject(text);
      const reached = reachedCount(host) - before;
      done.reachedScript += reached;
      done.answers += answers.length;
      if (reached > 0) done.badAnswers.push(...answers.filter(isBroken));
    }
    if (number % 64 === 0) await turn();
  }
  await settle(host);
  return done;
}

function isBroken(answer: string): boolean {
  try {
    parseMessage(answer);
    return false;
  } catch {
    return true;
  }
}

/** Waits until no run waits. */
async function settle(host: Host): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (host.waitingRuns > 0 && Date.now() < deadline) await turn();
}

/** The heap in use behind several collections, with time in between for what goes asynchronously. */
async function heapInUse(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  for (let round = 0; round < 5; round++) {
    await turn();
    collect();
  }
  return process.memoryUsage().heapUsed;
}

/** The lines of errors that a bad message may cause. */
const expectedErrors = /^(bad message from |unable to parse the max forwards number)/;

/** A log that formats every line and keeps the errors that no bad message explains. */
function quietLog(failures: string[]): Log {
  const done = () => Promise.resolve();
  return createLog({
    settings: { ...createLog().settings, level: 3, xlogLevel: 3 },
    stderr: {
      write({ level, message }) {
        if (level >= 0 || expectedErrors.test(message)) return;
        if (failures.length < 20) failures.push(message.trimEnd());
      },
      flush: done,
      flushSync: () => undefined,
      close: done,
    },
  });
}
