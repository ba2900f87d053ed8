/** The flags of t_relay() and t_replicate(), as numbers (2.1 to 3.3) and as names (3.4 on). */
export interface RelayFlags {
  readonly noAutoReply: boolean;
  readonly noDnsFailover: boolean;
  readonly passReason: boolean;
  readonly allowNoCancel: boolean;
}

const bits: Readonly<Record<string, number>> = {
  'no-auto-477': 2,
  'no-dns-failover': 4,
  'pass-reason-hdr': 8,
  'allow-no-cancel': 16,
};

/** Undefined for a text that names none. */
export function relayFlags(text: string): RelayFlags | undefined {
  const sum = /^\s*(?:0x[0-9a-f]+|\d+)\s*$/i.test(text) ? Number(text) : sumOfNames(text);
  if (sum === undefined) return undefined;
  return {
    noAutoReply: (sum & 2) !== 0,
    noDnsFailover: (sum & 4) !== 0,
    passReason: (sum & 8) !== 0,
    allowNoCancel: (sum & 16) !== 0,
  };
}

function sumOfNames(text: string): number | undefined {
  let sum = 0;
  for (const word of text.split(',')) {
    const name = word.trim().toLowerCase();
    if (name === '') continue;
    const bit = bits[name];
    if (bit === undefined) return undefined;
    sum |= bit;
  }
  return sum;
}
