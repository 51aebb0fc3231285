import type { ManifestRow } from "../datasets/manifest.ts";
import { findLeaks, type Leak, type LeakOptions } from "./assert_no_leak.ts";
import type { Fold } from "./fold.ts";

/** Names that a sentence lists. */
const named = 5;

/**
 * A sentence for each kind of leak that folds are trained and judged with all the same, because an override says so or an
 * official split has it: for the report, in red.
 */
export function keptLeaks(rows: readonly ManifestRow[], folds: readonly Fold[], options: LeakOptions = {}): string[] {
  const found = folds.filter(({ seed }) => seed === folds[0].seed).flatMap((fold) =>
    findLeaks(rows, { ...fold, shared: [] }, options).map((leak) => ({ ...leak, fold: fold.name ?? String(fold.fold) }))
  );
  return [...Map.groupBy(found, ({ what }) => what)].map(([what, leaks]) => {
    const keys = [...new Set(leaks.map(({ key }) => key))].sort();
    const [{ sides, recordings, fold }] = leaks;
    const list = keys.slice(0, named).join(", ") + (keys.length > named ? ", …" : "");
    return `LEAK: ${keys.length} ${plural(what, keys.length)} on two sides of a split (${list}): ${
      recordings[0] === recordings[1] ? `${recordings[0]} is` : `${recordings[0]} and ${recordings[1]} are`
    } in ${sides.join(" and in ")} of fold ${fold}. The scores tell nothing of new subjects.`;
  });
}

function plural(what: Leak["what"], count: number): string {
  const words: Record<Leak["what"], [string, string]> = {
    "subject": ["subject stands", "subjects stand"],
    "recording": ["recording stands", "recordings stand"],
    "group of duplicates": ["group of duplicates stands", "groups of duplicates stand"],
  };
  return words[what][count === 1 ? 0 : 1];
}
