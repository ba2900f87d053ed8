import type { Branch } from './branch.ts';
import { priorityOf } from './priorities.ts';
import type { Transaction } from './transaction.ts';

/**
 * The branch whose final reply is passed on; `pending`: some are still waited for. `minor`: branches that nobody waits for
 * are among them. C: t_pick_branch.
 */
export function chooseBranch(
  transaction: Transaction,
  isMinor: (branch: Branch) => boolean,
): { readonly branch: Branch | undefined; readonly pending: boolean; readonly minor: boolean } {
  let best: Branch | undefined;
  let lowest = Number.POSITIVE_INFINITY;
  let minor = false;
  for (const branch of transaction.current) {
    if (!branch.isThere || isSkipped(transaction, branch)) continue;
    if (branch.lastReceived < 200) {
      if (!isMinor(branch)) return { branch: undefined, pending: true, minor };
      minor = true;
      continue;
    }
    const priority = priorityOf(branch.lastReceived, transaction.cancelled);
    if (priority >= lowest) continue;
    lowest = priority;
    best = branch;
  }
  return { branch: best, pending: false, minor };
}

/** A place for branches that come later counts no more when the caller has cancelled, or nobody waits for more. */
function isSkipped({ cancelled, branches }: Transaction, branch: Branch): boolean {
  if (!branch.isPhony) return false;
  if (cancelled && branch.lastReceived < 299) return true;
  const { waitsForBranches } = branch;
  return waitsForBranches !== undefined && waitsForBranches <= branches.length;
}

/** Every branch has its final reply. */
export function isComplete({ current }: Transaction): boolean {
  return current.every((branch) => !branch.isPending);
}
