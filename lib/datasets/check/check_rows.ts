import type { DatasetFinding } from "../check_dataset.ts";
import type { ManifestRow } from "../manifest.ts";

/** What {@linkcode checkRows} needs to know. */
export interface CheckRowsOptions {
  task: string;
  /** Length of each decoded recording. */
  seconds: ReadonlyMap<string, number>;
}

/** Seconds that a segment may end after its recording: annotations are rounded. */
const SLACK = 0.1;

/** A source is told to give the label away from this share of the way between chance and certainty on. */
const GIVEN_AWAY = 0.3;

/** Rows that can't be right, subjects on both sides of an official split, and sources that give the label away. */
export function checkRows(rows: readonly ManifestRow[], { task, seconds }: CheckRowsOptions): DatasetFinding[] {
  return [...beyondTheEnd(rows, seconds), ...onTwoSides(rows), ...givenAway(rows, task)];
}

function beyondTheEnd(rows: readonly ManifestRow[], seconds: ReadonlyMap<string, number>): DatasetFinding[] {
  return rows.flatMap(({ recording, start, end }): DatasetFinding[] => {
    const length = seconds.get(recording);
    if (length === undefined || end <= length + SLACK) return [];
    const message = `a segment from ${start} to ${end} s ends after the recording (${length.toFixed(3)} s)`;
    return [{ kind: "mislabelled", path: recording, message }];
  });
}

function onTwoSides(rows: readonly ManifestRow[]): DatasetFinding[] {
  const parts = Map.groupBy(rows, ({ subject }) => subject);
  return [...parts].flatMap(([subject, own]): DatasetFinding[] => {
    const sides = [...new Set(own.map(({ part }) => part))];
    if (sides.length < 2) return [];
    return [{ kind: "leak", path: "", message: `subject ${subject} is in the official parts ${sides.join(" and ")}` }];
  });
}

/**
 * The balanced accuracy of a rule that sees the source alone: each source is given the class that it is likeliest under,
 * which is the mean over classes of the sum over sources of max P(source | class).
 */
function givenAway(rows: readonly ManifestRow[], task: string): DatasetFinding[] {
  const classes = Map.groupBy(rows, ({ label }) => label);
  const sources = new Set(rows.map(({ source }) => source));
  if (classes.size < 2 || rows.length < 20 * sources.size) return [];
  let reached = 0;
  for (const source of sources) {
    const shares = [...classes.values()].map((own) => own.filter((row) => row.source === source).length / own.length);
    reached += Math.max(...shares) / classes.size;
  }
  const chance = 1 / classes.size;
  if ((reached - chance) / (1 - chance) < GIVEN_AWAY) return [];
  return [{
    kind: "leak",
    path: "",
    message:
      `the source alone (${[...sources].sort().join(", ")}) tells the label of ${task} with a balanced accuracy of ` +
      `${reached.toFixed(3)} where chance is ${chance.toFixed(3)}: look at the mean over sources, too`,
  }];
}
