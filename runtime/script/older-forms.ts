import type { Call } from '../../grammar/index.ts';

/** Functions that took the branch before the flag up to 3.0 (cfg.y 2.4: SETBFLAG LPAREN NUMBER COMMA ID). */
const branchCameFirst = new Set([
  'setbflag',
  'setbranchflag',
  'resetbflag',
  'resetbranchflag',
  'isbflagset',
  'isbranchflagset',
]);

/**
 * A call with its arguments in the order of the newest version. `setbflag(0, NAT)` is told from `setbflag("NAT", 0)` by
 * the bare number in front: since 3.1 a flag stands between quotes.
 */
export function inPresentOrder(call: Call): Call {
  const [first, second, third] = call.arguments;
  if (first?.kind !== 'Number' || !second || third || !branchCameFirst.has(call.name.text)) return call;
  return { ...call, arguments: [second, first] };
}
