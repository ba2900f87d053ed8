const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Milliseconds since 1970 → `Nov 21 19:35:08` in local time: C's ctime() without weekday and year. */
export function formatTime(milliseconds: number): string {
  const date = new Date(milliseconds);
  const day = String(date.getDate()).padStart(2);
  return `${months[date.getMonth()]} ${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

/** A `formatTime` that works once a second. */
export function createTimeFormatter(): (milliseconds: number) => string {
  let second = Number.NaN;
  let text = '';
  return (milliseconds) => {
    const now = Math.floor(milliseconds / 1000);
    if (now !== second) {
      second = now;
      text = formatTime(milliseconds);
    }
    return text;
  };
}
