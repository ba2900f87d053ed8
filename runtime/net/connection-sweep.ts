import type { Connection, ConnectionTable } from '../module-exports.ts';

/** Milliseconds. */
interface ConnectionTimes {
  /** tcp_connection_lifetime: without anything received or sent, unless somebody keeps it. */
  readonly lifetime: number;
  /** tcp_max_msg_time: between the first byte of a message and its last. */
  readonly messageTime: number;
}

/**
 * Looks at all connections of a host and ends those whose time is over, with one timer for all of them: called once a
 * second, as OpenSIPS's clock for these times ticks. Answers how many have been ended.
 */
export function createConnectionSweep(
  connections: Pick<ConnectionTable, 'all' | 'keptUntil'>,
  times: ConnectionTimes,
): (now: number) => number {
  return (now) => {
    let ended = 0;
    for (const connection of connections.all()) {
      const limit = connection.state === 'open' ? passedLimit(connection, times, now) : undefined;
      if (limit === 'tcp_connection_lifetime' && now <= connections.keptUntil(connection)) continue;
      if (limit === undefined) continue;
      connection.expire(limit);
      ended++;
    }
    return ended;
  };
}

function passedLimit({ lastActive, unfinishedSince }: Connection, times: ConnectionTimes, now: number) {
  if (unfinishedSince !== undefined && now - unfinishedSince > times.messageTime) return 'tcp_max_msg_time';
  return now - lastActive > times.lifetime ? 'tcp_connection_lifetime' : undefined;
}
