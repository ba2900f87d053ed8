import type { Command, ModuleHost } from '../../runtime/module-exports.ts';
import { readRecurrence } from './recurrence.ts';
import { fallsInto } from './recurrence-match.ts';

type Test = (time: number) => boolean;

/** What check_time_rec answers for an expression that cannot be read. */
const unreadable = -2;

/** check_time_rec("recurrence & !(other / third)"[, time]). */
export function timeCommand({ log }: Pick<ModuleHost, 'log'>): Command {
  const read = (text: string): Test | undefined => {
    try {
      return readTimeExpression(text);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      log.error('check_time_rec', `${error.message} in <${text}>`);
      return undefined;
    }
  };
  return {
    prepare([expression, moment]) {
      const { constant } = expression ?? {};
      const fixed = typeof constant === 'string' ? read(constant) : undefined;
      return (run) => {
        const test = fixed ?? read(String(expression?.evaluate(run) ?? ''));
        if (!test) return unreadable;
        const given = moment?.given ? moment.evaluate(run) : null;
        return test(given === null ? Math.floor(Date.now() / 1000) : Number(given));
      };
    },
  };
}

/**
 * Recurrences with `!` (not), `&` (all) or `/` (one of them) and round brackets; an empty one is never true. A slash
 * in front of the first `|` of a recurrence belongs to its time zone. Errors: SyntaxError for any other text, also for
 * `&` and `/` without brackets between them.
 */
export function readTimeExpression(text: string): Test {
  const reader = new Reader(text);
  const test = reader.expression();
  reader.expectEnd();
  return test;
}

class Reader {
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  expression(): Test {
    if (this.peek() === '' || this.peek() === ')') return () => false;
    const tests = [this.operand()];
    let operator = '';
    while (this.peek() === '&' || this.peek() === '/') {
      const next = this.peek();
      if (operator !== '' && next !== operator) throw new SyntaxError(`'&' and '/' side by side`);
      operator = next;
      this.at++;
      tests.push(this.operand());
    }
    return operator === '&'
      ? (time) => tests.every((test) => test(time))
      : (time) => tests.some((test) => test(time));
  }

  expectEnd(): void {
    if (this.peek() !== '') throw new SyntaxError(`unexpected '${this.peek()}'`);
  }

  private operand(): Test {
    const first = this.peek();
    if (first === '!') {
      this.at++;
      const test = this.operand();
      return (time) => !test(time);
    }
    if (first === '(') {
      this.at++;
      const test = this.expression();
      if (this.peek() !== ')') throw new SyntaxError('missing bracket');
      this.at++;
      return test;
    }
    if (first === '' || '&/)'.includes(first)) throw new SyntaxError('missing recurrence');
    return this.recurrence();
  }

  private recurrence(): Test {
    // Sticky, so that it matches where the reader stands.
    const pattern = /[^|&!()\s]*(?:\|[^&/!()\s]*)?/y;
    pattern.lastIndex = this.at;
    const [text = ''] = pattern.exec(this.text) ?? [];
    this.at += text.length;
    const recurrence = readRecurrence(text);
    return (time) => fallsInto(recurrence, time);
  }

  /** The next character that is no blank; '' at the end. */
  private peek(): string {
    while (/\s/.test(this.text[this.at] ?? '')) this.at++;
    return this.text[this.at] ?? '';
  }
}
