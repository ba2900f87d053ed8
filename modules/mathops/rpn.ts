/**
 * Reverse Polish notation, by the words of the manual of OpenSIPS's math_rpn.
 *
 * Deviation: log10 works; OpenSIPS reads it as `log`.
 */

const constants: Readonly<Record<string, number>> = { e: Math.E, pi: Math.PI };

const unary: Readonly<Record<string, (value: number) => number>> = {
  neg: (value) => -value,
  exp: Math.exp,
  ln: Math.log,
  log: Math.log10,
  log10: Math.log10,
  abs: Math.abs,
  sqrt: Math.sqrt,
  cbrt: Math.cbrt,
  floor: Math.floor,
  ceil: Math.ceil,
  round: (value) => Math.sign(value) * Math.floor(Math.abs(value) + 0.5),
  nearbyint: halfToEven,
  trunc: Math.trunc,
};

const binary: Readonly<Record<string, (left: number, right: number) => number>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  mod: (left, right) => left % right,
  pow: (left, right) => left ** right,
};

const stacking: Readonly<Record<string, (stack: number[]) => boolean>> = {
  drop: (stack) => stack.pop() !== undefined,
  dup(stack) {
    const top = stack.at(-1);
    return top !== undefined && stack.push(top) > 0;
  },
  swap(stack) {
    const top = stack.pop();
    const below = stack.pop();
    return top !== undefined && below !== undefined && stack.push(top, below) > 0;
  },
};

function own<T>(table: Readonly<Record<string, T>>, word: string): T | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}

/** undefined for what is no expression: unknown words, an empty stack, more or less than one number in the end. */
export function evaluateRpn(text: string): number | undefined {
  const stack: number[] = [];
  for (const word of text.trim().split(/[ \t\r\n]+/)) {
    if (!apply(stack, word)) return undefined;
  }
  const [result] = stack;
  return stack.length === 1 ? result : undefined;
}

function apply(stack: number[], word: string): boolean {
  const number = /^-?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?$/.test(word) ? Number(word) : own(constants, word);
  if (number !== undefined) return stack.push(number) > 0;
  const move = own(stacking, word);
  if (move) return move(stack);
  const one = own(unary, word);
  const two = own(binary, word);
  const right = stack.pop();
  if (right === undefined || (!one && !two)) return false;
  if (one) return stack.push(one(right)) > 0;
  const left = stack.pop();
  return left !== undefined && two !== undefined && stack.push(two(left, right)) > 0;
}

function halfToEven(value: number): number {
  const below = Math.floor(value);
  if (value - below !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}
