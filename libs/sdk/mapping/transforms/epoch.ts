/** Milliseconds since 1970 of a time that is written as a number: of seconds below 1e11 (the year 5138), else of milliseconds. */
export function epochTime(number: number): number {
  return Math.abs(number) < 1e11 ? number * 1000 : number;
}

/** Likewise; undefined for a number so small that it may as well be a day such as 20240131. */
export function certainEpochTime(number: number): number | undefined {
  return Math.abs(number) < 1e8 ? undefined : Math.round(epochTime(number));
}
