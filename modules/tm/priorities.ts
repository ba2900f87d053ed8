/**
 * Which final reply of several is passed on: the lowest number wins, the first of equals (RFC 3261 §16.7 step 6; C:
 * branch_prio). `cancelled`: the caller has, and hears 487 then.
 */
export function priorityOf(code: number, cancelled: boolean): number {
  switch (code) {
    case 401:
      return 500;
    case 407:
      return 501;
    case 415:
      return 502;
    case 420:
      return 503;
    case 484:
      return 504;
    case 408:
      return 800;
    case 503:
      return 801;
    case 487:
      return cancelled ? 0 : 687;
  }
  if (code < 300) return code;
  if (code < 400) return code + 100;
  if (code >= 600) return code - 300;
  return code + 200;
}
