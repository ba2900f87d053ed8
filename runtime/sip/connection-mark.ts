/** The parameter of our Via that leads a reply back to the connection that its request came by. */

import { hash, randomBytes } from 'node:crypto';
import type { SipMessage } from '../module-exports.ts';

export interface ConnectionMark {
  /** `;i=1f.9c2e44ab`; '' for a request that came by no connection. */
  write(request: SipMessage, connectionId: number): string;
  /** The number that the first Via of a reply carries; undefined without one, or where it is not ours. */
  read(reply: SipMessage): number | undefined;
}

/**
 * The original writes the bare number of the connection. `Deviation:` a seal over number, Call-ID and CSeq stands
 * behind it, with a secret of this host, so that nobody can send what looks like a reply to other people's connections
 * by counting numbers; and a number of before a restart does not lead to somebody else's connection.
 */
export function createConnectionMark(secret: string = randomBytes(32).toString('hex')): ConnectionMark {
  const seal = (message: SipMessage, id: string): string =>
    hash('sha256', `${secret}\n${id}\n${message.callId}\n${message.cseq?.number ?? ''}`, 'hex').slice(0, 16);
  return {
    write(request, connectionId) {
      if (connectionId === 0) return '';
      const id = connectionId.toString(16);
      return `;i=${id}.${seal(request, id)}`;
    },
    read(reply) {
      const [id = '', sealed] = reply.topVia?.params.get('i')?.split('.') ?? [];
      return /^[0-9a-f]+$/.test(id) && sealed === seal(reply, id) ? Number.parseInt(id, 16) : undefined;
    },
  };
}
