import type { ScriptValue } from '../../runtime/module-exports.ts';

const fields: Readonly<Record<string, (now: Date) => number>> = {
  sec: (now) => now.getSeconds(),
  min: (now) => now.getMinutes(),
  hour: (now) => now.getHours(),
  mday: (now) => now.getDate(),
  mon: (now) => now.getMonth() + 1,
  year: (now) => now.getFullYear(),
  wday: (now) => now.getDay() + 1,
  yday: dayOfYear,
  isdst: (now) => (isSummerTime(now) ? 1 : 0),
};

/** `$ctime(field)` in local time; NULL for an unknown field. */
export function timeField(name: string, now: Date): ScriptValue {
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return field ? field(now) : null;
}

/** From 1. */
function dayOfYear(now: Date): number {
  const day = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
  return Math.round((day - Date.UTC(now.getFullYear(), 0, 0)) / 86_400_000);
}

/** The clock is ahead of the one of the other half of the year. */
function isSummerTime(now: Date): boolean {
  const year = now.getFullYear();
  const winter = Math.max(new Date(year, 0, 1).getTimezoneOffset(), new Date(year, 6, 1).getTimezoneOffset());
  return now.getTimezoneOffset() < winter;
}
