import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Task, Told } from './driver-tasks.ts';

const driver = fileURLToPath(new URL('driver.js', import.meta.url));

/** A driving process that has warmed its server up and waits. */
export interface Driving {
  /** Lets it do what is measured; the number of answers. */
  go(): Promise<number>;
  end(): void;
}

/** Starts a driving process on a task. */
export async function drive(task: Task): Promise<Driving> {
  const child = fork(driver, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  child.send(task);
  const told = await next(child);
  if (told.told !== 'ready') {
    child.kill('SIGKILL');
    throw new Error(`the driver failed: ${JSON.stringify(told)}`);
  }
  return {
    async go() {
      child.send('go');
      const done = await next(child);
      if (done.told !== 'done') throw new Error(`the driver failed: ${JSON.stringify(done)}`);
      return done.answered;
    },
    end: () => void child.kill('SIGKILL'),
  };
}

function next(child: ChildProcess): Promise<Told> {
  return new Promise((resolve, reject) => {
    const gone = () => reject(new Error('the driver ended'));
    child.once('exit', gone);
    child.once('message', (told: Told) => {
      child.off('exit', gone);
      resolve(told);
    });
  });
}
