import { readdirSync, readFileSync } from 'node:fs';

/** Nanoseconds of CPU, user and system, that a process and what it started have used, as the kernel accounts it. */
export function cpuOf(pid: number): number {
  return [pid, ...childrenOf(pid)].reduce((sum, one) => sum + cpuOfThreads(one), 0);
}

/** `schedstat` counts in nanoseconds where `stat` counts in hundredths of a second. */
function cpuOfThreads(pid: number): number {
  return threadsOf(pid).reduce((sum, thread) => {
    const text = read(`/proc/${pid}/task/${thread}/schedstat`);
    return sum + Number(text.split(' ')[0]);
  }, 0);
}

/** Bytes of memory that the processes have for themselves, and their share of what they have in common. */
export function memoryOf(pid: number): number {
  return [pid, ...childrenOf(pid)].reduce((sum, one) => {
    const pss = /^Pss:\s+(\d+) kB/m.exec(read(`/proc/${one}/smaps_rollup`))?.[1];
    return sum + Number(pss ?? 0) * 1024;
  }, 0);
}

function childrenOf(pid: number): number[] {
  const children = threadsOf(pid).flatMap((thread) =>
    read(`/proc/${pid}/task/${thread}/children`)
      .split(' ')
      .filter((word) => word.trim() !== '')
      .map(Number),
  );
  return [...children, ...children.flatMap(childrenOf)];
}

function threadsOf(pid: number): string[] {
  return readdirSync(`/proc/${pid}/task`);
}

/** A thread may end between the list and the look; then it has no text. */
function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '0';
  }
}
