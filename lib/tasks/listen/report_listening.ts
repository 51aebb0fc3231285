import { basename, join } from "node:path";
import { writeAtomic } from "../../files/mod.ts";
import { agreement, compareTrainings, mergeVerdicts, whatItGave } from "../../listening/mod.ts";
import { openRun, runIn } from "../../runs/mod.ts";
import { describeComparison } from "../describe_comparison.ts";
import { describeListening } from "./describe_listening.ts";
import type { OpenedSounds } from "./open_sounds.ts";
import { headlineScores } from "../../evaluation/mod.ts";

/** What {@linkcode reportListening} looks at beside the sounds. */
export interface ReportListeningOptions {
  /** Files of verdicts. */
  files: readonly string[];
  /** The run that learned from the labels as given. */
  given?: string;
}

/** What listening gave, as Markdown; it is written beside the verdicts as well. */
export async function reportListening(
  { source: { table }, folder }: OpenedSounds,
  { files, given }: ReportListeningOptions,
): Promise<string> {
  const verdicts = await mergeVerdicts(files);
  const subjects = new Map(table.items.map(({ item, subject }) => [item, subject]));
  const classes = table.classes.length > 0
    ? table.classes
    : [...new Set(verdicts.flatMap(({ verdict }) => verdict ?? []))].sort();
  const agreed = agreement(verdicts, { classes, subjectOf: (item) => subjects.get(item) ?? item, seed: 0 });
  const text = describeListening(agreed, whatItGave({ ...table, classes }, verdicts)) +
    (given === undefined ? "" : await compared(folder, given));
  const path = join(folder, "listening.md");
  await writeAtomic(path, `# What listening gave\n\n${text}`);
  return `${text}\nReport: ${path}`;
}

async function compared(folder: string, given: string): Promise<string> {
  const [verified, other] = [runIn(folder), await openRun(given)];
  const labelled = await Promise.all([verified, other].map(async (run) => ({
    ...await run.predictions(),
    labels: await run.has("labels.csv") ? await run.labels() : undefined,
  })));
  const { asGiven, asVerified } = compareTrainings(labelled[0], labelled[1], { classes: labelled[0].classes });
  const how = { first: basename(folder), second: basename(other.folder), wanted: headlineScores };
  return `\n## Trained with the verdicts and without\n\nJudged by the labels as given:\n\n${
    describeComparison(asGiven, how)
  }` +
    `\nJudged by the labels as listeners verified them:\n\n${describeComparison(asVerified, how)}`;
}
