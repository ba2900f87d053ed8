/** What the driving process is told to do; it runs apart, so that its own cost is counted nowhere. */
export type Task = LoadTask | PassTask | SetUpTask | HoldTask;

interface ToServer {
  readonly protocol: 'ws' | 'wss';
  readonly port: number;
}

/** Sends requests on each connection, so many at a time, each answer making room for the next. */
export interface LoadTask extends ToServer {
  readonly kind: 'load';
  readonly connections: number;
  readonly inFlight: number;
  /** In all, before and while it is measured. */
  readonly warmUp: number;
  readonly messages: number;
  readonly bytes: number;
}

/** Sends messages on the one of each pair of connections that have to come out of the other. */
export interface PassTask extends ToServer {
  readonly kind: 'pass';
  readonly pairs: number;
  readonly inFlight: number;
  readonly warmUp: number;
  readonly messages: number;
  readonly bytes: number;
}

/** Opens connections, so many at a time, and closes each when its handshake is done. */
export interface SetUpTask extends ToServer {
  readonly kind: 'set up';
  readonly atOnce: number;
  readonly warmUp: number;
  readonly connections: number;
  /** Resumes the TLS session of the first one. */
  readonly resume: boolean;
}

/** Opens connections and keeps them until it is told to end. */
export interface HoldTask extends ToServer {
  readonly kind: 'hold';
  readonly connections: number;
}

/** What it tells: that it has warmed up, and that it has done all. */
export type Told =
  | { readonly told: 'ready' }
  | { readonly told: 'done'; readonly answered: number }
  | { readonly told: 'failed'; readonly why: string };
