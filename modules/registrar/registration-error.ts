/** Why a registration is refused, with the status that tells it and the text of P-Registrar-Error (C: rerrno). */
export const refusals = {
  internal: [500, 'Server Internal Error'],
  deleteRecord: [500, 'usrloc_record_delete failed'],
  getRecord: [500, 'usrloc_record_get failed'],
  insertContact: [500, 'usrloc_contact_insert failed'],
  cseq: [400, 'Invalid CSeq number'],
  aorTooLong: [500, 'Address Of Record too long'],
  aor: [400, 'Error while parsing AOR'],
  q: [400, 'Invalid q param in contact'],
  message: [400, 'Message parse error'],
  expiresHeader: [400, 'Expires parse error'],
  contact: [400, 'Contact parse error'],
  starExpires: [400, '* used in contact and expires is not zero'],
  starAlone: [400, '* used in contact and more than 1 contact'],
  escape: [400, 'Error while unescaping username'],
  tooMany: [503, 'Too many registered contacts'],
  contactTooLong: [400, 'Contact/received too long'],
  callIdTooLong: [400, 'Callid too long'],
  path: [400, 'Path parse error'],
  pathUnsupported: [420, 'No support for found Path indicated'],
  tooBrief: [423, 'Expires below the minimum'],
  pushUnsupported: [555, 'Push Notification Service Not Supported'],
} as const satisfies Readonly<Record<string, readonly [status: number, text: string]>>;

export type Refusal = keyof typeof refusals;

/** A registration that is refused; nothing of it is stored. */
export class RegistrationError extends Error {
  readonly refusal: Refusal;
  readonly status: number;

  constructor(refusal: Refusal) {
    super(refusals[refusal][1]);
    this.refusal = refusal;
    this.status = refusals[refusal][0];
  }
}

/** Reasons of the statuses that are answered. */
export const reasons: Readonly<Record<number, string>> = {
  200: 'OK',
  400: 'Bad Request',
  420: 'Bad Extension',
  423: 'Interval Too Brief',
  500: 'Server Internal Error',
  503: 'Service Unavailable',
  555: 'Push Notification Service Not Supported',
};
