import { dirname, join, relative } from "node:path";
import type { Manifest } from "../datasets/mod.ts";
import { formatCsv, writeAtomic } from "../files/mod.ts";
import { takeLabels } from "./take_labels.ts";
import type { Verdict } from "./verdicts.ts";

/**
 * Writes a table of the recordings that most listeners agree on (path,subject,label), which an experiment is run on: so a
 * folder of which nothing was known becomes a dataset. What stands in it is made anew of all verdicts each time.
 *
 * @returns how many recordings it names.
 * @throws {DataError} where no verdict is of these recordings, or the table can't be written.
 */
export async function writeLabels(path: string, manifest: Manifest, verdicts: readonly Verdict[]): Promise<number> {
  const classes = [...new Set(verdicts.flatMap(({ verdict }) => verdict ?? []))].sort();
  const rule = { from: "majority", keep: "none", soft: false } as const;
  const { rows } = takeLabels({ ...manifest, classes }, verdicts, rule);
  const table = rows.map(({ recording, subject, visit, label }) => ({
    path: relative(dirname(path), join(manifest.folder, recording)).replaceAll("\\", "/"),
    ...{ subject, visit, label },
  }));
  await writeAtomic(
    path,
    formatCsv(table, ["path", "subject", ...rows.some(({ visit }) => visit !== undefined) ? ["visit"] : [], "label"]),
  );
  return rows.length;
}
