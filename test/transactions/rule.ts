/** A rule of transactions as a ladder between alice, bob and carl over UDP, tina and tom over TCP. */
export interface Rule {
  /** The section first. */
  readonly name: string;
  readonly ladder: string;
  /** What OpenSIPS 3.6.8 does otherwise, measured; the rule is not asked of it. */
  readonly opensips?: string;
}
