/** Where tsips answers otherwise than OpenSIPS 3.6.8 was measured to, by case and step, and why. */

interface Deviation {
  readonly why: string;
  readonly answers: Readonly<
    Record<number, { readonly status?: string; readonly rc?: number; readonly lines: readonly string[] }>
  >;
}

export const deviations: Readonly<Record<string, Deviation>> = {};
