import { type DayOfWeek, type Frequency, type Recurrence, secondsOf, smallestUnit } from './recurrence.ts';
import { type ClockTime, dayNumber, weekOfYear } from './zoned-time.ts';

/** Whether a time, in seconds since 1970, falls into a recurrence. C: check_tmrec. */
export function fallsInto(recurrence: Recurrence, time: number): boolean {
  const { start, end, frequency, until, zone } = recurrence;
  if (time < start) return false;
  if (frequency === undefined) return time < end;
  const now = zone.clockAt(time);
  return (
    isRepeated(recurrence, now) &&
    isWithin(recurrence, now) &&
    isOneOfTheDays(recurrence, now) &&
    (until === undefined || time <= until)
  );
}

/** Every second week, every third month … from the start on. */
function isRepeated({ frequency, interval, startClock }: Recurrence, now: ClockTime): boolean {
  if (interval === undefined || interval === 1) return true;
  const monday = (clock: ClockTime) => dayNumber(clock) - ((clock.weekday + 6) % 7);
  switch (frequency) {
    case 'daily':
      return (dayNumber(now) - dayNumber(startClock)) % interval === 0;
    case 'weekly':
      return ((monday(now) - monday(startClock)) / 7) % interval === 0;
    case 'monthly':
      return ((now.year - startClock.year) * 12 + now.month - startClock.month) % interval === 0;
    case 'yearly':
      return (now.year - startClock.year) % interval === 0;
    default:
      return false;
  }
}

const placeIn = {
  weekly: ({ weekday }: ClockTime) => weekday,
  monthly: ({ day }: ClockTime) => day,
  yearly: ({ yearDay }: ClockTime) => yearDay,
};

/** Between start and end, in the unit that these repeat in. C: check_min_unit, check_recur_itv. */
function isWithin(recurrence: Recurrence, now: ClockTime): boolean {
  const { frequency, duration, zone, end, startClock } = recurrence;
  const unit = smallestUnit(frequency, recurrence);
  if (unit === undefined) return false;
  if (duration >= secondsOf[unit]) return true;
  const endClock = zone.clockAt(end);
  if (unit === 'daily') return isWithinDay(startClock, endClock, now);
  return isWithinDays(unit, startClock, endClock, now, duration);
}

function isWithinDay(start: ClockTime, end: ClockTime, { second }: ClockTime): boolean {
  if (start.day === end.day) return second >= start.second && second < end.second;
  return second >= start.second || second < end.second;
}

function isWithinDays(
  unit: Exclude<Frequency, 'daily'>,
  start: ClockTime,
  end: ClockTime,
  now: ClockTime,
  duration: number,
): boolean {
  const place = placeIn[unit];
  const first = place(start);
  const last = place(end);
  const at = place(now);
  if (first === last) {
    if (at !== first) return duration > secondsOf.daily;
    return now.second >= start.second && now.second < end.second;
  }
  if (at === first) return now.second > start.second;
  if (at === last) return now.second < end.second;
  return first < last ? at > first && at < last : at > first || at < last;
}

/**
 * The lists of days. C: check_byxxx.
 *
 * Deviation: numbers below 0 count from the end of the year or month in each list, and the last day of a month is one
 * of its days; the original does so for some lists and days alone.
 */
function isOneOfTheDays(recurrence: Recurrence, now: ClockTime): boolean {
  const { frequency, weekdays, monthDays, yearDays, weeks, months } = recurrence;
  const daysOfMonth = dayNumber({ ...now, month: now.month + 1, day: 1 }) - dayNumber({ ...now, day: 1 });
  const daysOfYear = dayNumber({ ...now, month: 12, day: 1 }) - dayNumber({ ...now, month: 0, day: 1 });
  const lastYearDay = daysOfYear - 1;
  const lastWeekday = (now.weekday + lastYearDay - now.yearDay) % 7;
  const weeksOfYear = weekOfYear({ yearDay: lastYearDay, weekday: lastWeekday }) + 1;
  return (
    names(months, now.month, 12) &&
    (frequency !== 'yearly' || names(weeks, weekOfYear(now), weeksOfYear)) &&
    names(yearDays, now.yearDay, daysOfYear) &&
    names(monthDays, now.day - 1, daysOfMonth) &&
    (weekdays === undefined || weekdays.some((wanted) => isWeekday(wanted)))
  );

  function isWeekday({ weekday, number }: DayOfWeek): boolean {
    if (weekday !== now.weekday) return false;
    if (frequency === 'monthly') return isNumber(number, now.day - 1, daysOfMonth);
    return frequency !== 'yearly' || isNumber(number, now.yearDay, daysOfYear);
  }
}

/** Whether a place, from 0, is one of the numbers, from 1; every place is one where there is no list. */
function names(numbers: readonly number[] | undefined, place: number, count: number): boolean {
  return (
    numbers === undefined || numbers.some((number) => place === (number < 0 ? count + number : number - 1))
  );
}

/** Whether it is the so-manieth day of its name; as in OpenSIPS the first where no number is told. */
function isNumber(number: number, place: number, count: number): boolean {
  const all = Math.floor((count - 1 - (place % 7)) / 7) + 1;
  return Math.floor(place / 7) === (number < 0 ? all + number : Math.max(number - 1, 0));
}
