/** Methods as bits, as they stand in the column `methods` (C: enum request_method). */

const bits: Readonly<Record<string, number>> = {
  INVITE: 1,
  CANCEL: 2,
  ACK: 4,
  BYE: 8,
  INFO: 16,
  OPTIONS: 32,
  UPDATE: 64,
  REGISTER: 128,
  MESSAGE: 256,
  SUBSCRIBE: 512,
  NOTIFY: 1024,
  PRACK: 2048,
  REFER: 4096,
  PUBLISH: 8192,
};

const otherMethod = 16384;

/** Nothing was said of what a contact takes. */
export const allMethods = 0xffffffff;

export function methodBit(method: string): number {
  return bits[method.toUpperCase()] ?? otherMethod;
}

/** Undefined for what is no list of methods. */
export function methodBits(list: string): number | undefined {
  let found = 0;
  for (const name of list.split(',').map((each) => each.trim())) {
    if (name === '') continue;
    if (!/^[\w.!%*+`'~-]+$/.test(name)) return undefined;
    found |= methodBit(name);
  }
  return found >>> 0;
}
