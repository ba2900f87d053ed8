/** A refusal with OpenSIPS's code. */
export class ManagementError extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** nh_enable_ping: tells whether contacts are pinged, or sets it. Errors: nothing is pinged by this config. */
export function enablePing(
  pinger: () => { enabled: boolean } | undefined,
): (params: Readonly<Record<string, unknown>>) => unknown {
  return ({ status }) => {
    const pings = pinger();
    if (!pings) throw new ManagementError(400, 'NATping disabled from script');
    if (status === undefined) return { Status: pings.enabled ? 1 : 0 };
    const wanted = Number(status);
    if (!Number.isInteger(wanted)) throw new ManagementError(400, 'Bad parameter');
    pings.enabled = wanted !== 0;
    return 'OK';
  };
}
