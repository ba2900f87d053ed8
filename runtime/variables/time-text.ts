const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const two = (number: number) => String(number).padStart(2, '0');
const padded = (number: number) => String(number).padStart(2, ' ');
const shortDay = (time: Date) => (days[time.getDay()] ?? '').slice(0, 3);
const shortMonth = (time: Date) => (months[time.getMonth()] ?? '').slice(0, 3);
const clock = (time: Date) => `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
const halfHour = (time: Date) => time.getHours() % 12 || 12;

function dayOfYear(time: Date): number {
  const start = Date.UTC(time.getFullYear(), 0, 1);
  return Math.round((Date.UTC(time.getFullYear(), time.getMonth(), time.getDate()) - start) / 86_400_000);
}

/** Weeks begin with this day of the week; the days before the first such day are week 0. */
function weekFrom(time: Date, firstDay: number): number {
  const weekday = (time.getDay() - firstDay + 7) % 7;
  return Math.floor((dayOfYear(time) + 7 - weekday) / 7);
}

/** ISO 8601: the week that has the year's first Thursday is 1. */
function isoWeek(time: Date): { year: number; week: number } {
  const thursday = new Date(
    time.getFullYear(),
    time.getMonth(),
    time.getDate() + 3 - ((time.getDay() + 6) % 7),
  );
  return { year: thursday.getFullYear(), week: Math.floor(dayOfYear(thursday) / 7) + 1 };
}

function zone(time: Date): string {
  const minutes = -time.getTimezoneOffset();
  const absolute = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(absolute / 60))}${two(absolute % 60)}`;
}

/** The directives of strftime in the C locale (C99 §7.23.3.5), and `%s` of POSIX systems. */
const directives: Readonly<Record<string, (time: Date) => string>> = {
  a: shortDay,
  A: (time) => days[time.getDay()] ?? '',
  b: shortMonth,
  B: (time) => months[time.getMonth()] ?? '',
  c: (time) =>
    `${shortDay(time)} ${shortMonth(time)} ${padded(time.getDate())} ${clock(time)} ${time.getFullYear()}`,
  C: (time) => two(Math.floor(time.getFullYear() / 100)),
  d: (time) => two(time.getDate()),
  D: (time) => `${two(time.getMonth() + 1)}/${two(time.getDate())}/${two(time.getFullYear() % 100)}`,
  e: (time) => padded(time.getDate()),
  F: (time) => `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`,
  g: (time) => two(isoWeek(time).year % 100),
  G: (time) => String(isoWeek(time).year),
  h: shortMonth,
  H: (time) => two(time.getHours()),
  I: (time) => two(halfHour(time)),
  j: (time) => String(dayOfYear(time) + 1).padStart(3, '0'),
  k: (time) => padded(time.getHours()),
  l: (time) => padded(halfHour(time)),
  m: (time) => two(time.getMonth() + 1),
  M: (time) => two(time.getMinutes()),
  n: () => '\n',
  p: (time) => (time.getHours() < 12 ? 'AM' : 'PM'),
  P: (time) => (time.getHours() < 12 ? 'am' : 'pm'),
  r: (time) =>
    `${two(halfHour(time))}:${two(time.getMinutes())}:${two(time.getSeconds())} ${time.getHours() < 12 ? 'AM' : 'PM'}`,
  R: (time) => `${two(time.getHours())}:${two(time.getMinutes())}`,
  s: (time) => String(Math.floor(time.getTime() / 1000)),
  S: (time) => two(time.getSeconds()),
  t: () => '\t',
  T: clock,
  u: (time) => String(time.getDay() || 7),
  U: (time) => two(weekFrom(time, 0)),
  V: (time) => two(isoWeek(time).week),
  w: (time) => String(time.getDay()),
  W: (time) => two(weekFrom(time, 1)),
  x: (time) => `${two(time.getMonth() + 1)}/${two(time.getDate())}/${two(time.getFullYear() % 100)}`,
  X: clock,
  y: (time) => two(time.getFullYear() % 100),
  Y: (time) => String(time.getFullYear()),
  z: zone,
  '%': () => '%',
};

/** Local time in the form that strftime's directives say; unknown ones stay as they stand. */
export function formatTime(format: string, time: Date): string {
  return format.replace(/%[EO]?([A-Za-z%])/g, (whole, letter: string) => directives[letter]?.(time) ?? whole);
}
