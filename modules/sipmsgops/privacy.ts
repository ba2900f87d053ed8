import type { Command } from '../../runtime/module-exports.ts';

/** The values of RFC 3323 §4.2, RFC 3325 §9.3 and RFC 7044 §10.1. */
const known = new Set(['header', 'session', 'user', 'none', 'critical', 'id', 'history']);

/** is_privacy("id"). Errors at the start: a value that is none of the known ones. */
export const isPrivacy: Command = {
  prepare([argument]) {
    if (typeof argument?.constant === 'string') judge(argument.constant);
    return (run) => {
      const wanted = judge(String(argument?.evaluate(run) ?? ''));
      const values = run.message.header('Privacy')?.toLowerCase().split(/[;,]/) ?? [];
      return values.some((value) => value.trim() === wanted);
    };
  },
};

function judge(text: string): string {
  const value = text.toLowerCase();
  if (known.has(value)) return value;
  throw new TypeError(text === '' ? 'empty privacy value' : `invalid privacy value <${text}>`);
}
