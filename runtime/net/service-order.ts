import type { PointerRecord, ServiceRecord } from './name-resolver.ts';

/**
 * SRV records in the order in which they are tried: by priority, and within one by chance in proportion to their weights
 * (RFC 2782). `random` gives numbers from 0 to below 1.
 */
export function orderServices(
  records: readonly ServiceRecord[],
  random: () => number,
): readonly ServiceRecord[] {
  const priorities = [...new Set(records.map(({ priority }) => priority))].sort((a, b) => a - b);
  return priorities.flatMap((priority) =>
    byWeight(
      records.filter((record) => record.priority === priority),
      random,
    ),
  );
}

/** Those without a weight stand in front while one is drawn, so that they have a small chance to be first. */
function byWeight(records: readonly ServiceRecord[], random: () => number): readonly ServiceRecord[] {
  const left = records.toSorted((a, b) => Number(a.weight !== 0) - Number(b.weight !== 0));
  const ordered: ServiceRecord[] = [];
  while (left.length > 0) {
    const sum = left.reduce((total, { weight }) => total + weight, 0);
    const drawn = Math.floor(random() * (sum + 1));
    let running = 0;
    const found = left.findIndex(({ weight }) => {
      running += weight;
      return running >= drawn;
    });
    ordered.push(...left.splice(found, 1));
  }
  return ordered;
}

/** What a NAPTR service of SIP leads to (RFC 3263 §4.1, RFC 7118 §8.3). */
const serviceProtocols: Readonly<Record<string, string>> = {
  'sip+d2u': 'udp',
  'sip+d2t': 'tcp',
  'sip+d2s': 'sctp',
  'sip+d2w': 'ws',
  'sips+d2t': 'tls',
  'sips+d2w': 'wss',
};

/** A transport, and the name whose SRV records tell its servers. */
interface ServicePointer {
  readonly protocol: string;
  readonly name: string;
}

/**
 * The NAPTR records that lead to SRV records of a usable transport, in their order (RFC 3263 §4.1). `secure`: those of
 * SIPS alone.
 */
export function sipPointers(
  records: readonly PointerRecord[],
  secure: boolean,
  isUsable: (protocol: string) => boolean,
): readonly ServicePointer[] {
  return records
    .toSorted((a, b) => a.order - b.order || a.preference - b.preference)
    .flatMap(({ flags, service, regexp, replacement }) => {
      const protocol = serviceProtocols[service.toLowerCase()];
      const leadsToServices = flags.toLowerCase() === 's' && regexp === '' && replacement !== '';
      const isSecure = service.toLowerCase().startsWith('sips');
      if (protocol === undefined || !leadsToServices || (secure && !isSecure) || !isUsable(protocol))
        return [];
      return [{ protocol, name: replacement }];
    });
}
