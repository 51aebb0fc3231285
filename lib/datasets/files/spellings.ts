/**
 * One spelling for names that differ only by case, blanks, accents, their Unicode form or `.0`: the commonest, without `.0`.
 * `"P1"`, `"p1 "` and `"P 1"` are one subject, `"1"` and `"1.0"` one class; of `"01"` and `"1"` nobody knows.
 *
 * @returns the spelling that a name is given, and the spellings that were joined, the one that is used first.
 */
export function joinSpellings(names: Iterable<string>): { of(name: string): string; joined: string[][] } {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const spelled = new Map<string, string>(), joined: string[][] = [];
  for (const group of Map.groupBy(counts.keys(), spellingKey).values()) {
    const ranked = group.toSorted((a, b) =>
      Number(FLOAT.test(a)) - Number(FLOAT.test(b)) || counts.get(b)! - counts.get(a)! || (a < b ? -1 : 1)
    );
    const first = ranked[0].replace(FLOAT, "$1");
    for (const name of group) spelled.set(name, first);
    if (group.length > 1) joined.push(ranked);
  }
  return { of: (name) => spelled.get(name) ?? name, joined };
}

/** A whole number that was written as a fraction, as pandas does with a column that has gaps. */
const FLOAT = /^([+-]?\d+)\.0+$/;

/** What is left of a name without case, blanks, accents and `.0`. */
export function spellingKey(name: string): string {
  const bare = name.normalize("NFKD").replaceAll(/[\p{M}\s\u200b-\u200d\u2060\ufeff]/gu, "");
  return bare.toLowerCase().replace(FLOAT, "$1");
}

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

/** The name of a part as protocols have it: `"train"` for `"Training set"`, `"test"` for `"TEST "`; other names in lower case. */
export function partName(part: string): string {
  const name = part.trim().toLowerCase();
  const [, whole] = /^(train|test)(?:ing)?(?:[\s_-]?(?:set|data|part|split))?$/.exec(name) ?? [];
  return whole ?? name;
}
