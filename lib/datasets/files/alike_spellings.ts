import { spellingKey } from "./join_spellings.ts";

/**
 * Names that may be one and that nobody can tell to be: `"007"` and `"7"`, `"P-01"` and `"P01"`, `"1E+05"` and `"100000"`.
 *
 * @param names Each once, joined by `joinSpellings` before.
 */
export function alikeSpellings(names: Iterable<string>): string[][] {
  return [...Map.groupBy(new Set(names), alikeKey).values()].filter((group) => group.length > 1);
}

/** A number by its value; other names without leading zeros and marks between letters, or letters and digits. */
function alikeKey(name: string): string {
  const key = spellingKey(name);
  if (/^\d+(\.\d+)?(e\+?\d+)?$/.test(key)) return String(Number(key));
  return key.replaceAll(/(?<=\p{L})[-_./]+(?=[\p{L}\p{N}])|(?<=\p{N})[-_./]+(?=\p{L})/gu, "")
    .replaceAll(/(?<![\p{N}.])0+(?=\p{N})/gu, "");
}
