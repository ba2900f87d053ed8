import type { ModuleHost, SipMessage } from '../../runtime/module-exports.ts';
import { type Wishes, wishesOfScript } from './follow.ts';
import { type Backend, type Kinds, kind } from './kinds.ts';

type Params = ModuleHost['params'];

/** The flags of messages that ask for accounting in files of 2.1, as masks. */
export interface OlderFlags extends Wishes {
  /** Whether a message asks for anything. */
  asks(message: SipMessage): boolean;
  /** Whether it asks for one record at the end of a call. */
  asksForCall(message: SipMessage): boolean;
}

/** The parameters that name them. */
const names = {
  log: ['log_flag', 'log_missed_flag'],
  evi: ['evi_flag', 'evi_missed_flag'],
  db: ['db_flag', 'db_missed_flag'],
} as const;

/**
 * Reads log_flag and its kin; what is accounted is asked of the message each time, because scripts may set and reset the
 * flags while it is underway (acc_logic.c of 2.1). Undefined where none is given. `hasDatabase`: db_url is given; without
 * it the flags of db say nothing.
 */
export function olderFlags({ params, flags }: ModuleHost, hasDatabase: boolean): OlderFlags | undefined {
  const given = Object.values(names).flat();
  if (!given.some((name) => params[name] !== undefined)) return undefined;
  const mask = (name: string) => maskOf(params, name, flags);
  const usable = (backend: Backend) => backend !== 'db' || hasDatabase;
  const kindsOf = (backend: Backend, message: SipMessage): number => {
    if (!usable(backend)) return 0;
    const [answered, missed] = names[backend];
    let kinds = 0;
    if (message.flags & mask(answered)) kinds |= kind.answered;
    if (message.flags & mask(missed)) kinds |= kind.missed;
    if (message.flags & mask('failed_transaction_flag')) kinds |= kind.failed;
    if (message.flags & mask('cdr_flag')) kinds |= kind.cdr;
    return kinds;
  };
  const of = (message: SipMessage): Kinds => ({
    log: kindsOf('log', message),
    evi: kindsOf('evi', message),
    db: kindsOf('db', message),
  });
  return {
    of({ kinds }, request) {
      const { log, evi, db } = of(request);
      return { log: log | kinds.log, evi: evi | kinds.evi, db: db | kinds.db };
    },
    missedIsTold(accounting, request) {
      wishesOfScript.missedIsTold(accounting, request);
      for (const [, missed] of Object.values(names)) request.flags &= ~mask(missed);
    },
    asks(message) {
      const { log, evi, db } = of(message);
      return ((log | evi | db) & (kind.answered | kind.missed)) !== 0;
    },
    asksForCall: (message) => (message.flags & mask('cdr_flag')) !== 0,
  };
}

/** 0 where no such flag is given. */
function maskOf(params: Params, name: string, flags: ModuleHost['flags']): number {
  const given = params[name];
  return given === undefined ? 0 : flags.message(String(given));
}
