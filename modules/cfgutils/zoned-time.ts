/** What a clock of a time zone shows. */
export interface ClockTime {
  readonly year: number;
  /** From 0. */
  readonly month: number;
  /** From 1. */
  readonly day: number;
  /** Sunday is 0. */
  readonly weekday: number;
  /** From 0. */
  readonly yearDay: number;
  /** Seconds since midnight. */
  readonly second: number;
}

/** A time zone; times are seconds since 1970. */
export interface Zone {
  clockAt(time: number): ClockTime;
  /** The time at which its clock shows this; fields beyond their ends count on. */
  timeOf(year: number, month: number, day: number, second: number): number;
}

const secondsOfDay = 86_400;

/** A zone by its name (`Europe/Vienna`), or that of the process without one. Errors: for a name that is none. */
export function zoneNamed(name?: string): Zone {
  const shown = new Intl.DateTimeFormat('en-US', {
    ...(name === undefined ? {} : { timeZone: name }),
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  /** The shown fields as if they were those of UTC. */
  const shownAsUtc = (time: number): number => {
    const fields = new Map(shown.formatToParts(time * 1000).map(({ type, value }) => [type, Number(value)]));
    const of = (field: Intl.DateTimeFormatPartTypes): number => fields.get(field) ?? 0;
    return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) / 1000;
  };
  return {
    clockAt: (time) => clockOfUtc(shownAsUtc(time)),
    timeOf(year, month, day, second) {
      const wanted = Date.UTC(year, month, day) / 1000 + second;
      const near = wanted - (shownAsUtc(wanted) - wanted);
      return near - (shownAsUtc(near) - wanted);
    },
  };
}

function clockOfUtc(time: number): ClockTime {
  const date = new Date(time * 1000);
  const year = date.getUTCFullYear();
  const day = Math.floor(time / secondsOfDay);
  return {
    year,
    month: date.getUTCMonth(),
    day: date.getUTCDate(),
    weekday: date.getUTCDay(),
    yearDay: day - Date.UTC(year, 0, 1) / 1000 / secondsOfDay,
    second: time - day * secondsOfDay,
  };
}

/** Days since 1970 of what a clock shows. */
export function dayNumber({ year, month, day }: ClockTime): number {
  return Date.UTC(year, month, day) / 1000 / secondsOfDay;
}

/** The week of the year, Monday first; days in front of the first Monday are in week 0. */
export function weekOfYear({ yearDay, weekday }: Pick<ClockTime, 'yearDay' | 'weekday'>): number {
  return Math.floor((yearDay + 7 - ((weekday + 6) % 7)) / 7);
}
