/** The first bytes of a header of the PROXY protocol, version 2. */
const mark = '0d0a0d0a000d0a515549540a';

/** Such a header, of what stands behind these bytes. */
export const binary = (hex: string) => Buffer.from(mark + hex.replaceAll(' ', ''), 'hex');

/** Addresses and ports of a client and a server. */
export const v4 = 'c0000201 c0000202 dc04 01bb';
export const v6 = '20010db8000000000000000000000001 20010db8000000000000000000000002 dc04 01bb';
