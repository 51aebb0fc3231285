import { normalize } from "node:path/posix";
import { isMissing, numberOf, partName, spellingKey } from "../../datasets/mod.ts";
import { DataError } from "../../errors/mod.ts";
import type { Table, TableRow } from "../../files/mod.ts";
import { rowKey } from "../../splits/mod.ts";
import type { ImportedItem } from "./read_predictions.ts";

/** What rounding may take from a sum of probabilities that were written with three digits. */
const ROUNDED = 0.01;

/** The class that a cell names, as the probabilities' columns spell it. */
export function knownClass(label: string, classes: readonly string[], where: string): string {
  const found = classes.find((name) => name === label) ??
    classes.find((name) => spellingKey(name) === spellingKey(label));
  if (found !== undefined) return found;
  throw new DataError({ expected: `one of the classes ${classes.join(", ")}`, found: `"${label}"`, where });
}

/** The number of a fold or seed, 0 where none is said. */
export function wholeNumber(cell: string | undefined, name: string, where: string): number {
  if (cell === undefined || isMissing(cell)) return 0;
  const value = numberOf(cell);
  if (value !== undefined && value >= 0 && Number.isInteger(value)) return value;
  const expected = `a whole number as ${name}`;
  throw new DataError({ expected, found: `"${cell}"`, where, remedy: "number them from 0" });
}

/** A probability from 0 to 1. */
export function probability(
  { cells }: TableRow,
  column: string,
  { table, where }: { table: Table; where: string },
): number {
  const value = numberOf(cells[column], table.delimiter);
  if (value !== undefined && value >= 0 && value <= 1 + 1e-6) return value;
  const expected = `a probability from 0 to 1 as ${column}`;
  const remedy = "write probabilities, no logits (softmax them first) and no percentages";
  throw new DataError({ expected, found: `"${cells[column]}"`, where, remedy });
}

/** Refuses probabilities that don't add up to 1. */
export function checkSum(probabilities: readonly number[], where: string): void {
  const sum = probabilities.reduce((a, b) => a + b);
  if (Math.abs(sum - 1) <= ROUNDED) return;
  const found = `${probabilities.join(" + ")} = ${Number(sum.toFixed(6))}`;
  const remedy = "write the softmax over all classes, each in a column p_<class>";
  throw new DataError({ expected: "probabilities that add up to 1", found, where, remedy });
}

/** The rows of the part that is judged, as `"test"`, beside those of training and validation. */
export function onePart(items: readonly ImportedItem[], asked: string | undefined, where: string): ImportedItem[] {
  const others = ["train", "validation"];
  const parts = [...new Set(items.map(({ row }) => row.part))].filter((part) => !others.includes(part));
  const wanted = asked === undefined ? parts : [partName(asked)];
  if (wanted.length !== 1 || !parts.includes(wanted[0])) {
    const expected = asked === undefined ? "one part to judge" : `the part ${asked}`;
    const found = parts.length === 0 ? "rows of training and validation alone" : parts.join(", ");
    throw new DataError({ expected, found, where, remedy: "name one of them by --part" });
  }
  return items.filter(({ row }) => [...others, ...wanted].includes(row.part))
    .map((item) => others.includes(item.row.part) ? item : { ...item, row: { ...item.row, part: "test" } });
}

/** Refuses an item that comes twice in one fold and seed. */
export function refuseTwice(items: readonly ImportedItem[], where: string): void {
  const first = new Map<string, number>();
  for (const { line, row, said } of items) {
    const named = { ...row, recording: normalize(row.recording.replaceAll("\\", "/")), label: "" };
    const key = `${said?.seed}/${said?.fold}/${row.part}/${rowKey(named)}`;
    if (first.has(key)) {
      const expected = "each item once a fold and seed";
      const found = `${row.recording} again, from ${row.start} s on, which line ${first.get(key)} has already`;
      const remedy = "take one out, or tell the items of a recording apart by the columns start and end";
      throw new DataError({ expected, found, where: `line ${line} of ${where}`, remedy });
    }
    first.set(key, line);
  }
}
