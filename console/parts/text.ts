const pad = (value: number, digits = 2) => String(value).padStart(digits, '0');

/** 14:03:07.512, in the reader's time zone. */
export function clockTime(at: number): string {
  const date = new Date(at);
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => pad(part)).join(':');
  return `${time}.${pad(date.getMilliseconds(), 3)}`;
}

/** With the day where it is not that of `now`. */
export function dayTime(at: number, now: number): string {
  const date = new Date(at);
  const isToday = date.toDateString() === new Date(now).toDateString();
  return isToday
    ? clockTime(at)
    : `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())} ${clockTime(at)}`;
}

export function duration(ms: number): string {
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
  if (ms < 3_600_000) return `${Math.round(ms / 60_000)} min`;
  if (ms < 172_800_000) return `${(ms / 3_600_000).toFixed(1)} h`;
  return `${Math.round(ms / 86_400_000)} days`;
}

export const ago = (at: number, now: number): string => `${duration(Math.max(0, now - at))} ago`;

export const number = (value: number): string => value.toLocaleString('en-US');

const mostIdCharacters = 18;

/** The ends of a long id tell it from others; where it is shown whole its middle only takes room. */
export const shortId = (id: string): string =>
  id.length <= mostIdCharacters ? id : `${id.slice(0, 8)}…${id.slice(-6)}`;
