import type { ModuleHost } from '../../runtime/module-exports.ts';
import type { ReplyCounters } from './reply-counters.ts';
import type { Settings } from './settings.ts';
import type { Transaction } from './transaction.ts';
import type { TransactionTable } from './transaction-table.ts';

/** What all parts of tm share. */
export interface Core {
  readonly host: ModuleHost;
  readonly settings: Settings;
  readonly table: TransactionTable;
  readonly counters: ReplyCounters;
}

/** Datagrams get lost; what goes by a stream is not sent again (RFC 3261 §17.1.1.1). */
export function isReliable(protocol: string): boolean {
  return protocol !== 'udp';
}

/** For log lines: `INVITE of call 1@a`. */
export function named({ method, request }: Transaction): string {
  return `${method} of call ${request.callId}`;
}
