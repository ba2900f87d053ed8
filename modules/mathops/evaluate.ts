/** Expressions as the manual of OpenSIPS's math_eval has them: `+ - * / % ^`, signs, round brackets, functions. */

const functions: Readonly<Record<string, (value: number) => number>> = {
  abs: Math.abs,
  acos: Math.acos,
  asin: Math.asin,
  atan: Math.atan,
  ceil: Math.ceil,
  cos: Math.cos,
  cosh: Math.cosh,
  exp: Math.exp,
  floor: Math.floor,
  ln: Math.log,
  log: Math.log10,
  sin: Math.sin,
  sinh: Math.sinh,
  sqrt: Math.sqrt,
  tan: Math.tan,
  tanh: Math.tanh,
};

/** Brackets and functions inside each other; a message may have written the expression. */
const maxDepth = 100;

const token = /[ \t\r\n]*(?:((?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)|([a-z]+)|([-+*/^%()]))/y;

/** undefined for what is no expression, or has no value (0/0, the root of a negative number). */
export function evaluate(text: string): number | undefined {
  let at = 0;
  let depth = 0;
  let current: string | undefined;

  function advance(): void {
    token.lastIndex = at;
    const found = token.exec(text);
    if (found) at = token.lastIndex;
    else if (text.slice(at).trim() !== '') throw new SyntaxError('unknown character');
    current = found ? (found[1] ?? found[2] ?? found[3]) : undefined;
  }

  function accept(...signs: string[]): string | undefined {
    if (current === undefined || !signs.includes(current)) return undefined;
    const sign = current;
    advance();
    return sign;
  }

  function sum(): number {
    let value = product();
    for (let sign = accept('+', '-'); sign; sign = accept('+', '-')) {
      const next = product();
      value = sign === '+' ? value + next : value - next;
    }
    return value;
  }

  function product(): number {
    let value = power();
    for (let sign = accept('*', '/', '%'); sign; sign = accept('*', '/', '%')) {
      const next = power();
      value = sign === '*' ? value * next : sign === '/' ? value / next : value % next;
    }
    return value;
  }

  /** From left to right. */
  function power(): number {
    let value = signed();
    while (accept('^')) value **= signed();
    return value;
  }

  function signed(): number {
    let sign = 1;
    for (let written = accept('+', '-'); written; written = accept('+', '-')) {
      if (written === '-') sign = -sign;
    }
    return sign * base();
  }

  function base(): number {
    if (current === undefined) throw new SyntaxError('something is missing');
    const start = current;
    const call = Object.hasOwn(functions, start) ? functions[start] : undefined;
    depth++;
    if (depth > maxDepth) throw new SyntaxError('too deep');
    advance();
    const value = call ? call(signed()) : start === '(' ? inBrackets() : numberOf(start);
    depth--;
    return value;
  }

  function inBrackets(): number {
    const value = sum();
    if (!accept(')')) throw new SyntaxError('a bracket is missing');
    return value;
  }

  try {
    advance();
    const value = sum();
    return current !== undefined || Number.isNaN(value) ? undefined : value;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function numberOf(text: string): number {
  if (!/^[\d.]/.test(text)) throw new SyntaxError('a number is missing');
  return Number(text);
}
