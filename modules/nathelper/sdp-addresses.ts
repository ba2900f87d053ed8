/** An address in a line of a session description. */
export interface SdpAddress {
  readonly family: 4 | 6;
  readonly text: string;
  /** Where `IP4` or `IP6` begins, and where the address begins and ends. */
  readonly familyStart: number;
  readonly start: number;
  readonly end: number;
}

/**
 * The addresses of the lines of one kind (`c=`, `o=`), one after the other (RFC 8866 §5.2, §5.7). It ends at the first
 * line without one, whose place it returns. C: extract_mediaip.
 */
export function* sdpAddresses(text: string, kind: 'c=' | 'o='): Generator<SdpAddress, 'end' | 'no-address'> {
  for (const { index } of text.matchAll(kind === 'c=' ? /^c=/gm : /^o=/gm)) {
    const line = /^[^\r\n]*/.exec(text.slice(index + 2))?.[0] ?? '';
    const found = /(?:^|[ \t])IP([46])[ \t]+([^ \t]+)/.exec(line);
    const [whole = '', family, address = ''] = found ?? [];
    if (!found) return 'no-address';
    const end = index + 2 + found.index + whole.length;
    const start = end - address.length;
    const familyStart = index + 2 + line.indexOf(`IP${family}`, found.index);
    yield { family: family === '6' ? 6 : 4, text: address, familyStart, start, end };
  }
  return 'end';
}

/** 0.0.0.0 and its like of IPv6: a stream on hold (RFC 2543). */
export function isNullAddress({ family, text }: Pick<SdpAddress, 'family' | 'text'>): boolean {
  return family === 4 ? text === '0.0.0.0' : /^[0:]*$/.test(text);
}
