import { headerKey } from "./header_key.ts";

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
