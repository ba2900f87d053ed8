import { type ClockTime, type Zone, zoneNamed } from './zoned-time.ts';

export type Frequency = 'daily' | 'weekly' | 'monthly' | 'yearly';

/** A day of the week, in a month or a year the one of that number: `2` of `2MO`, `-1` of `-1FR`; 0 without one. */
export interface DayOfWeek {
  readonly weekday: number;
  readonly number: number;
}

/** A time recurrence (RFC 5545 §3.3.10, in OpenSIPS's words). Times are seconds since 1970. */
export interface Recurrence {
  readonly zone: Zone;
  readonly start: number;
  readonly startClock: ClockTime;
  readonly end: number;
  readonly duration: number;
  /** Undefined for one interval; 'none' where the word was no frequency, which nothing falls into but by its days. */
  readonly frequency: Frequency | 'none' | undefined;
  readonly until: number | undefined;
  readonly interval: number | undefined;
  readonly weekdays: readonly DayOfWeek[] | undefined;
  readonly monthDays: readonly number[] | undefined;
  readonly yearDays: readonly number[] | undefined;
  readonly weeks: readonly number[] | undefined;
  /** From 1. */
  readonly months: readonly number[] | undefined;
}

type Days = Pick<Recurrence, 'weekdays' | 'monthDays' | 'yearDays' | 'weeks' | 'months'>;

export const secondsOf = { daily: 86_400, weekly: 7 * 86_400, monthly: 31 * 86_400, yearly: 366 * 86_400 };

const weekdayNames = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
const frequencies: readonly Frequency[] = ['daily', 'weekly', 'monthly', 'yearly'];
/** An interval without an end goes on for some 136 years. */
const noEnd = 4_294_967_295;

/**
 * `[zone|]dtstart|dtend|duration|freq|until|interval|byday|bymonthday|byyearday|byweekno|bymonth`; what stands at the
 * end may be left out, the others may be empty. Errors: for a field that cannot be read.
 *
 * Deviation: the original adds the digits of the interval up, takes no number of a Wednesday (`2WE`), leaves out a list
 * of days that it cannot read, takes an unknown zone for UTC, and without a start a duration counts for nothing.
 */
export function readRecurrence(text: string): Recurrence {
  const fields = text.split('|');
  const zoneName = /^(?:[A-Z]|$)/.test(fields[0] ?? '') ? fields.shift() : undefined;
  const zone = zoneOf(zoneName || undefined);
  const [dtstart, dtend, length, freq, until, interval, weekdays, monthDays, yearDays, weeks, months] =
    fields;
  const start = timeIn(zone, dtstart) ?? 0;
  const startClock = dtstart ? zone.clockAt(start) : zoneNamed('UTC').clockAt(0);
  const days: Days = {
    weekdays: listOf(weekdays, weekdayOf),
    monthDays: listOf(monthDays, numberOf),
    yearDays: listOf(yearDays, numberOf),
    weeks: listOf(weeks, numberOf),
    months: listOf(months, numberOf),
  };
  const frequency = freq ? (frequencies.find((known) => known === freq.toLowerCase()) ?? 'none') : undefined;
  const given = length ? durationOf(length) : undefined;
  const end =
    given === undefined ? (timeIn(zone, dtend) ?? endOf(start, startClock, frequency, days)) : start + given;
  if (frequency === undefined && (until || interval || Object.values(days).some(Boolean))) {
    throw new SyntaxError('a frequency must stand beside until, interval and lists of days');
  }
  return {
    zone,
    start,
    startClock,
    end,
    duration: end - start,
    frequency,
    until: timeIn(zone, until),
    interval: interval ? numberOf(interval) : undefined,
    ...days,
  };
}

/** The unit that start and end are compared in: the smallest that is named. */
export function smallestUnit(frequency: Recurrence['frequency'], days: Days): Frequency | undefined {
  if (frequency === 'daily' || days.weekdays || days.monthDays || days.yearDays) return 'daily';
  if (frequency === 'weekly' || days.weeks) return 'weekly';
  if (frequency === 'monthly' || days.months) return 'monthly';
  return frequency === 'yearly' ? 'yearly' : undefined;
}

/** Without an end and a duration: the end of that day, week, month or year. */
function endOf(start: number, clock: ClockTime, frequency: Recurrence['frequency'], days: Days): number {
  const unit = smallestUnit(frequency, days);
  if (unit === undefined) return noEnd;
  const passed = { daily: 0, weekly: clock.weekday, monthly: clock.day, yearly: clock.yearDay }[unit];
  return start + secondsOf[unit] - passed * secondsOf.daily - clock.second;
}

function zoneOf(name: string | undefined): Zone {
  try {
    return zoneNamed(name);
  } catch {
    throw new SyntaxError(`no time zone <${name}>`);
  }
}

/** `20200131T093000` in that zone; undefined for an empty text. */
function timeIn(zone: Zone, text: string | undefined): number | undefined {
  if (!text) return undefined;
  const found = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)$/i.exec(text);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found?.slice(1).map(Number) ?? [];
  if (!found || year < 1970 || month === 0 || day === 0) throw new SyntaxError(`no date and time <${text}>`);
  return zone.timeOf(year, month - 1, day, hour * 3600 + minute * 60 + second);
}

/** `P1W2DT3H4M5S`, in seconds; hours and what is smaller may stand without P and T. */
function durationOf(text: string): number {
  const found = /^(?:P(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)|$))?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/i.exec(text);
  if (!found || text.length < 2) throw new SyntaxError(`no duration <${text}>`);
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = found
    .slice(1)
    .map((part) => Number(part ?? 0));
  return weeks * secondsOf.weekly + days * secondsOf.daily + hours * 3600 + minutes * 60 + seconds;
}

function listOf<Item>(text: string | undefined, read: (item: string) => Item): readonly Item[] | undefined {
  return text ? text.split(',').map((item) => read(item.trim())) : undefined;
}

function weekdayOf(text: string): DayOfWeek {
  const [, number = '', name = ''] = /^([-+]?\d*) *([a-z]{2})$/i.exec(text) ?? [];
  const weekday = weekdayNames.indexOf(name.toUpperCase());
  if (weekday < 0) throw new SyntaxError(`no day of the week <${text}>`);
  return { weekday, number: Number.parseInt(number, 10) || 0 };
}

function numberOf(text: string): number {
  if (!/^[-+]?\d+$/.test(text)) throw new SyntaxError(`no number <${text}>`);
  return Number(text);
}
