import type { ScriptRun } from '../../runtime/module-exports.ts';
import type { Branch } from './branch.ts';
import type { ArmedRoutes, Transaction } from './transaction.ts';

/** Where a run stands: what the functions of tm mean by "the" transaction, branch and reply. */
export interface Position {
  transaction: Transaction | undefined;
  /** In branch_routes, onreply_routes and failure_routes. */
  readonly branch: Branch | undefined;
  /** What was said before there is a transaction. */
  readonly armed: ArmedRoutes;
  frTimeout: number | undefined;
  frInviteTimeout: number | undefined;
  /** A `Reason` header for the CANCELs that a CANCEL leads to. */
  cancelReason: string | undefined;
  /** The INVITE answered with 2xx that an ACK belongs to. */
  acknowledged: Transaction | undefined;
  /** The transaction was made because the run waits, not by the script. */
  isProvisional: boolean;
}

const key = Symbol('tm');

/** The position of each run: a request's is found by everything that shares its room, a route's is its own. */
export class Positions {
  readonly #ofRuns = new WeakMap<ScriptRun, Position>();

  of(run: ScriptRun): Position {
    const own = this.#ofRuns.get(run);
    if (own) return own;
    const shared = run.storage.get(key);
    if (shared instanceof SharedPosition) return shared;
    const fresh = new SharedPosition();
    run.storage.set(key, fresh);
    return fresh;
  }

  /** A route of a transaction begins. */
  enter(run: ScriptRun, transaction: Transaction, branch: Branch | undefined): void {
    const position = new SharedPosition(branch);
    position.transaction = transaction;
    this.#ofRuns.set(run, position);
  }
}

class SharedPosition implements Position {
  transaction: Transaction | undefined = undefined;
  readonly branch: Branch | undefined;
  readonly armed: ArmedRoutes = { branch: undefined, reply: undefined, failure: undefined };
  frTimeout: number | undefined = undefined;
  frInviteTimeout: number | undefined = undefined;
  cancelReason: string | undefined = undefined;
  acknowledged: Transaction | undefined = undefined;
  isProvisional = false;

  constructor(branch?: Branch) {
    this.branch = branch;
  }
}
