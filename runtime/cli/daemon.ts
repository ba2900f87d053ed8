import { type ChildProcess, spawn } from 'node:child_process';
import type { Terminal } from './terminal.ts';

/** Tells the process that it is the detached child of a start; it takes the word out of its environment. */
const MARK = 'TSIPS_DETACHED_CHILD';

/** What the child tells the process that started it, until that has gone. */
type Word =
  | { readonly tsips: 'print'; readonly text: string }
  /** The sockets are open. */
  | { readonly tsips: 'ready' }
  /** `debug_mode` in the config: the starter stays and ends with the child. */
  | { readonly tsips: 'stay' };

/** The child's way to the process that started it. */
export interface Starter {
  /** Onto the standard output of the starter. */
  print(text: string): void;
  ready(): Promise<void>;
  stay(): void;
  /** Resolves when all words so far are handed over. */
  flush(): Promise<void>;
}

/**
 * Starts the program again as a process of its own session and waits until it listens. Answers 0 then, and 255
 * where it ended before; where the config has debug_mode, its exit code when it ends.
 *
 * @param argv The arguments behind the program's name.
 * @param readsInput The child reads its config from standard input.
 */
export function startDetached(
  argv: readonly string[],
  readsInput: boolean,
  terminal: Terminal,
): Promise<number> {
  const [, entry = ''] = process.argv;
  const child = spawn(process.execPath, [...process.execArgv, entry, ...argv], {
    detached: true,
    stdio: [readsInput ? 'inherit' : 'ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, [MARK]: '1' },
  });
  return new Promise((resolve) => {
    let stays = false;
    child.on('message', (word) => {
      if (!isWord(word)) return;
      if (word.tsips === 'print') terminal.print(word.text);
      if (word.tsips === 'stay') stays = true;
      if (word.tsips === 'ready' && !stays) letGo(child, resolve);
    });
    child.on('error', () => resolve(FAILED));
    child.on('exit', (code) => {
      const answer = stays ? (code ?? FAILED) : FAILED;
      // What it printed last may still be underway.
      if (child.connected) child.once('disconnect', () => resolve(answer));
      else resolve(answer);
    });
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => child.kill('SIGTERM'));
  });
}

const FAILED = 255;

function letGo(child: ChildProcess, resolve: (code: number) => void): void {
  child.removeAllListeners('exit');
  child.disconnect();
  child.unref();
  resolve(0);
}

function isWord(word: unknown): word is Word {
  return typeof word === 'object' && word !== null && 'tsips' in word;
}

/** The starter, where this process is the detached child of one. */
export function findStarter(): Starter | undefined {
  if (process.env[MARK] === undefined) return undefined;
  delete process.env[MARK];
  if (process.send === undefined) return undefined;
  let last: Promise<void> = Promise.resolve();
  const tell = (word: Word): Promise<void> => {
    last = new Promise((resolve) => {
      if (!process.connected) resolve();
      else process.send?.(word, undefined, undefined, () => resolve());
    });
    return last;
  };
  return {
    print: (text) => void tell({ tsips: 'print', text }),
    async ready() {
      await tell({ tsips: 'ready' });
      if (process.connected) process.disconnect();
    },
    stay: () => void tell({ tsips: 'stay' }),
    flush: () => last,
  };
}
