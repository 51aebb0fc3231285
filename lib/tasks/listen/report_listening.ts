import { markdownTable, writeAtomic } from "../../files/mod.ts";
import { agreement, compareTrainings, mergeVerdicts, whatItGave } from "../../listening/mod.ts";
import type { Agreement, WhatItGave } from "../../listening/mod.ts";
import { agreementTable, differencesTable, estimateText, heardTable, renderListening } from "../../report/mod.ts";
import type { ListeningResults, ListeningTable } from "../../report/mod.ts";
import { basename, join } from "node:path";
import { UsageError } from "../../errors/mod.ts";
import { headlineScores, scoreKey } from "../../scores/mod.ts";
import { openRun, runIn } from "../../runs/mod.ts";
import { describeComparison } from "../describe_comparison.ts";
import { readTests } from "../read_tests.ts";
import type { OpenedSounds } from "./open_sounds.ts";

export interface ReportListeningOptions {
  /** Files of verdicts. */
  files: readonly string[];
  /** The run that learned from the labels as given. */
  given?: string;
}

/** What listening gave, as Markdown; it is written beside the verdicts as well, and as a page. */
export async function reportListening(
  { source: { table, title }, folder }: OpenedSounds,
  { files, given }: ReportListeningOptions,
): Promise<string> {
  const verdicts = await mergeVerdicts(files);
  if (verdicts.length === 0) {
    const remedy = "listen first (without --report), or name another's file: --verdicts FILE";
    throw new UsageError({ expected: "verdicts of a listener", found: "none yet", where: folder, remedy });
  }
  const subjects = new Map(table.items.map(({ item, subject }) => [item, subject]));
  const classes = table.classes.length > 0
    ? table.classes
    : [...new Set(verdicts.flatMap(({ verdict }) => verdict ?? []))].sort();
  const agreed = agreement(verdicts, { classes, subjectOf: (item) => subjects.get(item) ?? item, seed: 0 });
  const gave = whatItGave({ ...table, classes }, verdicts);
  const { words, ...trained } = given === undefined ? { words: "" } : await compared(folder, given);
  const text = describeListening(agreed, gave) + words;
  await writeAtomic(join(folder, "listening.md"), `# What listening gave\n\n${text}`);
  return `${text}\nReport: ${await renderListening({ title, agreed, gave, ...trained }, folder)}`;
}

async function compared(
  folder: string,
  given: string,
): Promise<Required<Pick<ListeningResults, "trained">> & { words: string }> {
  const runs = await Promise.all([runIn(folder), await openRun(given)].map(async (run) => {
    const labels = await run.has("labels.csv") ? await run.labels() : undefined;
    return { ...await readTests(run.folder), labels };
  }));
  const [verified, other] = runs.map(({ tests, labels }) => ({ predictions: tests, labels }));
  const { classes, scores } = runs[0];
  const trained = compareTrainings(verified, other, { classes, scores });
  const wanted = [...scores.map(scoreKey), ...headlineScores];
  const how = { unit: "item" as const, first: basename(runs[0].folder), second: basename(runs[1].folder), wanted };
  const words =
    `\n## Trained with the verdicts and without\n\nJudged by the labels as given:\n\n${
      describeComparison(trained.asGiven, how)
    }` +
    `\nJudged by the labels as listeners verified them:\n\n${describeComparison(trained.asVerified, how)}`;
  return { trained: { ...trained, scores: wanted }, words };
}

/** What listeners agree on and what listening gave, in Markdown that reads well on a terminal, too. */
function describeListening(agreed: Agreement, gave: WhatItGave): string {
  const heard = heardTable(gave), figures = agreementTable(agreed);
  return [
    "## What was heard\n",
    shown(heard),
    `\n${heard.ofAll}\n`,
    ...(gave.set?.classes ?? []).flatMap(({ label, thresholds }) => [
      `\n### ${label}: what a threshold is worth, by what listeners say\n`,
      markdownTable(
        ["probability", "items above", "precision", "recall"],
        thresholds.map(({ threshold, above, precision, recall }) => [
          ...[String(threshold), String(above), estimateText(precision), estimateText(recall)],
        ]),
      ),
    ]),
    ...agreed.raters.length > 1 ? ["\n## Agreement\n", `${figures.about}\n`, shown(figures), ""] : [],
    ...agreed.differences.length > 0 ? ["\n### Where they differ\n", shown(differencesTable(agreed)), ""] : [],
  ].join("\n");
}

function shown({ head, rows }: ListeningTable): string {
  return markdownTable(head, rows);
}
