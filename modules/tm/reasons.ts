/** Reason phrases of replies that a branch ends with when nobody sends one (RFC 3261 §21). */
const phrases: Readonly<Record<number, string>> = {
  408: 'Request Timeout',
  473: 'Filtered destination (473/TM)',
  477: 'Send failed (477/TM)',
  478: 'Unresolvable destination (478/TM)',
  480: 'Temporarily Unavailable',
  487: 'Request Terminated',
  500: 'Server Internal Error',
  503: 'Service Unavailable',
};

export function reasonOfCode(code: number): string {
  return phrases[code] ?? 'Other';
}
