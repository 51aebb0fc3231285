import type { PartMetrics, Score, Unit } from "../evaluation/score.ts";
import { type Prediction, splitReplicates } from "../evaluation/mod.ts";
import { pseudonyms } from "./pseudonyms.ts";
import type { RunFiles } from "./run_files.ts";

/** Whose names are replaced by "subject 1", "recording 1": nobody's, those on the error cards, or everybody's. */
export type Pseudonymise = "nothing" | "cards" | "everything";

/** The run as the sections of the report look at it. */
export interface ReportView {
  run: RunFiles;
  /** The part that the report judges by: `test`, else the first that isn't `validation`. */
  part: string;
  metrics: PartMetrics | null;
  /** Rows of that part that judge each item once: those of the first seed. */
  predictions: Prediction[];
  /** In the order of the probabilities; the first is the healthy one. */
  classes: string[];
  /** Scores that the experiment names. */
  wanted: string[];
  /** Names as they may be shown in lists, and on error cards. */
  listed: (name: string) => string;
  carded: (kind: "subject" | "recording", name: string) => string;
}

/** Chooses the part, and who is called what. */
export function reportView(run: RunFiles, pseudonymise: Pseudonymise): ReportView {
  const parts = Object.keys(run.metrics?.parts ?? {});
  const predicted = [...new Set(run.predictions?.predictions.map((row) => row.part))];
  const known = [...parts, ...predicted];
  const part = known.find((name) => name === "test") ?? known.find((name) => name !== "validation") ?? known[0] ??
    "test";
  const evaluation = run.config?.experiment.evaluation as { scores?: string[] } | undefined;
  const rows = (run.predictions?.predictions ?? []).filter((row) => row.part === part);
  const inLists = pseudonyms("subject");
  const onCards = { subject: pseudonyms("subject"), recording: pseudonyms("recording") };
  return {
    run,
    part,
    metrics: run.metrics?.parts[part] ?? null,
    predictions: splitReplicates(rows)[0]?.predictions ?? [],
    classes: run.metrics?.classes ?? run.predictions?.classes ?? run.data?.classes ?? [],
    wanted: evaluation?.scores ?? [],
    listed: (name) => pseudonymise === "everything" ? inLists(name) : name,
    carded: (kind, name) => pseudonymise === "nothing" ? name : onCards[kind](name),
  };
}

/**
 * A score of the part that has a value, with its key below the part: by the unit that the experiment is read by, else by the
 * finest that has it.
 */
export function pooledScore({ metrics, run }: ReportView, name: string): { score: Score; at: string } | null {
  const evaluation = run.config?.experiment.evaluation as { unit?: Unit } | undefined;
  for (const unit of [evaluation?.unit ?? "item", "item", "recording", "subject"] as const) {
    const score = metrics?.pooled[unit]?.[name];
    if (score && score.value !== null) return { score, at: `pooled.${unit}.${name}` };
  }
  return null;
}

/** Scores that speak for the whole run: the official ones that the experiment names, then general ones. */
export function headlineScores(view: ReportView): string[] {
  const names = [...view.wanted, "balancedAccuracy", "rocAuc", "accuracy"];
  return names.filter((name) => pooledScore(view, name) !== null).slice(0, 4);
}
