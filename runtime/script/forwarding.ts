import type { ScriptRun } from '../module-exports.ts';

/** What the script can do with a message beside answering it. */
export interface Forwarding {
  /** Called when the script is compiled and has forward() in it. Errors: disable_stateless_fwd forbids it. */
  willForward(): void;
  /**
   * Passes the request on to a destination (a URI or `[proto:]host[:port]`), else to the next hop, else to the
   * Request-URI. 1, or a negative number of OpenSIPS where it could not be sent. `onlyOpen`:
   * no connection is opened for it.
   */
  forward(run: ScriptRun, destination?: string, onlyOpen?: boolean): number | Promise<number>;
  /** Sends the message as it was received, `headers` (whole lines) behind its first line. Numbers and `onlyOpen` as `forward`. */
  send(run: ScriptRun, destination: string, headers?: string, onlyOpen?: boolean): number | Promise<number>;
}
