/** Why a request could not be sent (C: ser_error). */
export type Failure =
  | 'bad-request'
  | 'no-destination'
  | 'bad-address'
  | 'blocked'
  | 'no-socket'
  | 'send-failed'
  | 'internal';

interface FailureFacts {
  /** What t_relay() answers. */
  readonly result: number;
  /** What the caller is answered (C: err2reason_phrase). */
  readonly code: number;
  readonly reason: string;
  /** Where several branches fail, the one of the lowest number of OpenSIPS is told. */
  readonly number: number;
}

export const failures: Readonly<Record<Failure, FailureFacts>> = {
  'bad-request': { result: -2, code: 400, reason: 'Bad Request (400/TM)', number: -400 },
  'no-destination': { result: -3, code: 500, reason: 'No destination available (18/TM)', number: -18 },
  'bad-address': { result: -4, code: 476, reason: 'Unresolvable destination (476/TM)', number: -476 },
  blocked: { result: -5, code: 473, reason: 'Filtered destination (473/TM)', number: -473 },
  'no-socket': { result: -6, code: 500, reason: 'Server error occurred (7/TM)', number: -7 },
  'send-failed': { result: -6, code: 477, reason: 'Send failed (477/TM)', number: -477 },
  internal: { result: -1, code: 500, reason: 'Server error occurred (1/TM)', number: -1 },
};
