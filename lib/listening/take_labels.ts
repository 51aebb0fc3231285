import { dirname, join, relative } from "node:path";
import type { LabelOptions, Manifest, ManifestRow } from "../datasets/mod.ts";
import { formatCsv, writeAtomic } from "../files/mod.ts";
import { certainties, type Verdict } from "./verdicts.ts";
import { DataError } from "../errors/mod.ts";
import { itemKey } from "./item_key.ts";
import { currentVerdicts } from "./merge_verdicts.ts";

/** What a rule makes of the verdicts on a sound. */
interface Decision {
  label: string;
  /** Of the votes, `[classes]`. */
  shares: number[];
}

/**
 * The manifest with the labels that listeners gave, by a rule. A row that has another label keeps its own as `given`; one
 * whose votes are trained on has them as `shares`.
 *
 * @throws {DataError} for verdicts of other classes, or where none is of a sound of this manifest.
 */
export function takeLabels(
  manifest: Manifest,
  verdicts: readonly Verdict[],
  { from, keep, soft }: Omit<LabelOptions, "verdicts" | "sameName">,
): Manifest {
  const { classes, rows } = manifest;
  const said = Map.groupBy(currentVerdicts(verdicts), ({ item }) => item);
  refuseOthers(manifest, verdicts);
  const items = new Set(rows.map(itemKey));
  const strange = [...said.keys()].filter((item) => !items.has(item));
  let decided = 0, changed = 0;
  const labelled = rows.flatMap((row): ManifestRow[] => {
    const own = said.get(itemKey(row)) ?? [];
    const decision = decideLabel(own, { from, classes });
    if (decision === undefined) return keep === "all" || (keep === "unheard" && own.length === 0) ? [row] : [];
    const { label, shares } = decision;
    decided++;
    changed += Number(label !== row.label);
    return [{ ...row, label, given: row.label, ...soft ? { shares } : {} }];
  });
  const left = rows.length - labelled.length;
  const others = said.size - strange.length - decided;
  return {
    ...manifest,
    rows: labelled,
    warnings: [
      ...manifest.warnings ?? [],
      `Listeners decide on ${decided} of ${rows.length} labels (${from}), ${changed} of them other than given` +
      `${others > 0 ? `; ${others} were heard without a decision` : ""}${left > 0 ? `; ${left} are left out` : ""}.`,
      ...strange.length === 0 ? [] : [
        `${strange.length} of ${said.size} sounds with verdicts are not among these (${
          strange[0]
        }): the data or the task ` +
        "have changed since they were heard.",
      ],
    ],
  };
}

function refuseOthers({ classes, rows, folder }: Manifest, verdicts: readonly Verdict[]): void {
  const other = verdicts.find(({ verdict }) => verdict !== null && !classes.includes(verdict));
  if (other) {
    throw new DataError({
      expected: `verdicts of the classes ${classes.join(", ")}`,
      found: `"${other.verdict}" by ${other.rater} on ${other.item}`,
      where: "the files of dataset.labels",
      remedy: "name the verdicts on this task",
    });
  }
  const items = new Set(rows.map(itemKey));
  if (verdicts.some(({ item }) => items.has(item))) return;
  throw new DataError({
    expected: `verdicts on sounds such as ${itemKey(rows[0])}`,
    found: verdicts.length === 0 ? "none" : `only on others, such as ${verdicts[0].item}`,
    where: "the files of dataset.labels",
    remedy: `name the verdicts on the sounds in ${folder}`,
  });
}

/** What the verdicts on a sound, one a listener in the order of time, come to; nothing where they decide nothing. */
export function decideLabel(
  verdicts: readonly Verdict[],
  { from, classes }: { from: LabelOptions["from"]; classes: readonly string[] },
): Decision | undefined {
  const heard = from === "first-rater" ? verdicts.slice(0, 1) : verdicts;
  const votes = heard.filter(({ verdict }) => verdict !== null);
  if (votes.length === 0) return undefined;
  const counts = classes.map((label) => votes.filter(({ verdict }) => verdict === label).length);
  const most = Math.max(...counts), winner = counts.indexOf(most);
  if (counts.lastIndexOf(most) !== winner) return undefined;
  if (from === "consensus" && (heard.length < 2 || most < heard.length)) return undefined;
  const shares = classes.map((label) =>
    votes.reduce((sum, { verdict, certainty }) => {
      const sure = certainties[certainty], rest = (1 - sure) / classes.length;
      return sum + (verdict === label ? sure + rest : rest) / votes.length;
    }, 0)
  );
  return { label: classes[winner], shares };
}

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
