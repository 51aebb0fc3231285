import { normalize } from "node:path/posix";
import { partName } from "../../datasets/mod.ts";
import { DataError } from "../../errors/mod.ts";
import { rowKey } from "../../splits/mod.ts";
import type { ImportedItem } from "./read_predictions.ts";

/** The rows of the part that is judged, as `"test"`, beside those of training and validation. */
export function onePart(items: readonly ImportedItem[], asked: string | undefined, where: string): ImportedItem[] {
  const others = ["train", "validation"];
  const parts = [...new Set(items.map(({ row }) => row.part))].filter((part) => !others.includes(part));
  const wanted = asked === undefined ? parts : [partName(asked)];
  if (wanted.length !== 1 || !parts.includes(wanted[0])) {
    throw new DataError({
      expected: asked === undefined ? "one part to judge" : `the part ${asked}`,
      found: parts.length === 0 ? "rows of training and validation alone" : parts.join(", "),
      where,
      remedy: "name one of them by --part",
    });
  }
  return items.filter(({ row }) => [...others, ...wanted].includes(row.part))
    .map((item) => others.includes(item.row.part) ? item : { ...item, row: { ...item.row, part: "test" } });
}

/** Refuses an item that comes twice in one fold and seed. */
export function refuseTwice(items: readonly ImportedItem[], where: string): void {
  const first = new Map<string, number>();
  for (const { line, row, said } of items) {
    const key = `${said?.seed}/${said?.fold}/${row.part}/${
      rowKey({ ...row, recording: normalize(row.recording.replaceAll("\\", "/")), label: "" })
    }`;
    if (first.has(key)) {
      throw new DataError({
        expected: "each item once a fold and seed",
        found: `${row.recording} again, from ${row.start} s on, which line ${first.get(key)} has already`,
        where: `line ${line} of ${where}`,
        remedy: "take one out, or tell the items of a recording apart by the columns start and end",
      });
    }
    first.set(key, line);
  }
}
