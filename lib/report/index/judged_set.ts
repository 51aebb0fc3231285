import { hashBytes, parseCsv } from "../../files/mod.ts";

/** The items that a run was judged on, and their truth. */
export interface JudgedSet {
  items: number;
  subjects: number;
  /** The same for runs that judged the same items by the same labels. */
  fingerprint: string;
}

const COLUMNS = ["part", "recording", "subject", "start", "end", "label"] as const;

/**
 * Which items a part of `predictions.csv` judges, whatever was predicted; `null` where it judges none. Only scores on the
 * same items can be held against each other.
 */
export function judgedSet(predictions: string, part: string): JudgedSet | null {
  const items = new Set<string>(), subjects = new Set<string>();
  for (const row of rowsOf(predictions)) {
    if (row[0] !== part) continue;
    items.add(row.slice(1).join("\n"));
    subjects.add(row[2]);
  }
  if (items.size === 0) return null;
  return { items: items.size, subjects: subjects.size, fingerprint: hashBytes([...items].toSorted().join("\n\n")) };
}

/** The values of the columns. Without a quotation mark a row is a line: 50 times as fast, and an index reads many runs. */
function rowsOf(text: string): string[][] {
  if (text.includes('"')) return parseCsv(text, "predictions.csv").map((row) => COLUMNS.map((name) => row[name]));
  const [header, ...lines] = text.trimEnd().split(/\r?\n/);
  const names = header.split(",");
  const places = COLUMNS.map((name) => names.indexOf(name));
  return lines.map((line) => {
    const cells = line.split(",", Math.max(...places) + 1);
    return places.map((place) => cells[place]);
  });
}
