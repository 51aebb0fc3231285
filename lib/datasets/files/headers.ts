import { DataError } from "../../errors/mod.ts";

/** What units of time are called, and their seconds. */
const UNITS: [RegExp, number][] = [
  [/^(|s|secs?|seconds?|sek|sekunden?)$/, 1],
  [/^(ms|msecs?|milliseconds?|millisekunden?)$/, 1e-3],
  [/^(us|μs|usecs?|microseconds?|mikrosekunden?)$/, 1e-6],
  [/^(min|mins|minutes?|minuten?)$/, 60],
];

/** Ends of headers that name a unit: `start_ms`, `onset_samples`. */
const ENDING = /(ms|msecs?|milliseconds?|us|usecs?|microseconds?|min|mins|minutes?|samples?|frames?)$/;

/** The headers of a column of times, whatever unit they name. */
export function timeHeaders(...names: string[]): string[] {
  const times = ["", "s", "sec", "secs", "seconds", "ms", "msec", "milliseconds", "us", "min", "minutes"];
  const units = [...times, "sample", "samples", "frame", "frames"];
  return names.flatMap((name) => [name, `${name}time`].flatMap((stem) => units.map((unit) => stem + unit)));
}

/**
 * Seconds in the unit that a header names in brackets or at its end, `Start (ms)` or `onset_min`; 1 where it names none.
 *
 * @throws {DataError} for a unit that is no time, such as samples.
 */
export function secondsPerUnit(column: string, where: string): number {
  const key = headerKey(column);
  const praat = /^[tx]m(in|ax)$/.test(key); // the least and the most, in seconds
  const named = /[[(](.*?)[\])]/.exec(column)?.[1] ?? (praat ? "" : ENDING.exec(key)?.[1] ?? "");
  const unit = named.normalize("NFKD").trim().toLowerCase();
  const seconds = UNITS.find(([pattern]) => pattern.test(unit))?.[1];
  if (seconds !== undefined) return seconds;
  const found = `the unit "${named.trim()}" of the column "${column}"`;
  const remedy = "write seconds, and (s) behind the header (samples divided by the sampling rate are seconds)";
  throw new DataError({ expected: "times in seconds, milliseconds or minutes", found, where, remedy });
}

/** A header without case, accents, blanks, marks and what stands in brackets: `patid` of `"Pat-ID [#]"`. */
export function headerKey(header: string): string {
  return header.replaceAll(/\(.*?\)|\[.*?\]/g, "").normalize("NFKD").replaceAll(/[^\p{L}\p{N}]/gu, "").toLowerCase();
}

/** Names under which reports compare groups, by other headers for them. */
const KNOWN = new Map(Object.entries({
  ...{ age: "age", ageyears: "age", alter: "age", sex: "sex", gender: "sex", geschlecht: "sex" },
  ...{ site: "site", device: "device", gerat: "device", geraet: "device" },
}));

/** What reports call the attribute in a column: `"age"` (in years), `"sex"`, `"site"` or `"device"`, else the column's own name. */
export function attributeName(column: string): string {
  // An age in another unit is a column like any other.
  if (/[[(]\s*(mon|m\b|weeks?|woche|days?|tage?)/i.test(column)) return column;
  return KNOWN.get(headerKey(column)) ?? column;
}
