/** Where the time of a host comes from: the system's, or one that a test moves on. */
export interface Clock {
  /** Milliseconds that never go back. */
  now(): number;
  /** Calls once after so many milliseconds; what it answers takes that back. */
  after(milliseconds: number, call: () => void): () => void;
  /** Calls every so many milliseconds; what it answers ends that. */
  every(milliseconds: number, call: () => void): () => void;
}

/** No timer of Node goes further; longer waits would fire at once. */
const longestWait = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => performance.now(),
  after(milliseconds, call) {
    const node = setTimeout(call, Math.min(milliseconds, longestWait));
    return () => clearTimeout(node);
  },
  every(milliseconds, call) {
    const node = setInterval(call, Math.min(milliseconds, longestWait));
    return () => clearInterval(node);
  },
};
