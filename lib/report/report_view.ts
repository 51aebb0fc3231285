import {
  headlineScores as headline,
  type PartMetrics,
  type Prediction,
  type ReadScore,
  type Score,
  scoreKey,
  type Scores,
  scoresAsRead,
  scoresByUnit,
  type Unit,
} from "../scores/mod.ts";
import { onsetScores, splitReplicates } from "../evaluation/mod.ts";
import type { RunFiles } from "./read_run_files.ts";

/** Whose names are replaced by "subject 1", "recording 1": nobody's, those on the error cards, or everybody's. */
export type Pseudonymise = "nothing" | "cards" | "everything";

/** The run as the sections of the report look at it. */
export interface ReportView {
  run: RunFiles;
  /** The part that the report judges by. */
  part: string;
  metrics: PartMetrics | null;
  /** Rows of that part that judge each item once: those of the first seed. */
  predictions: Prediction[];
  /** In the order of the probabilities; the first is the healthy one. */
  classes: string[];
  /** Title of the data that the model was trained on, where others are judged. */
  trainedOn?: string;
  /** What the part is called: "Part test", "External: ward 3". */
  partName: (part: string) => string;
  /** Scores that the experiment names. */
  wanted: string[];
  /** Names as they may be shown in lists, and on error cards. */
  listed: (name: string) => string;
  carded: (kind: "subject" | "recording", name: string) => string;
}

/** Chooses the part, and who is called what. */
export function reportView(run: RunFiles, pseudonymise: Pseudonymise): ReportView {
  const predicted = run.predictions?.predictions ?? [];
  const part = mainPart([...Object.keys(run.metrics?.parts ?? {}), ...predicted.map((row) => row.part)]) ?? "test";
  const evaluation = run.config?.experiment.evaluation;
  const rows = predicted.filter((row) => row.part === part);
  const inLists = pseudonyms("subject");
  const onCards = { subject: pseudonyms("subject"), recording: pseudonyms("recording") };
  return {
    run,
    part,
    metrics: run.metrics?.parts[part] ?? null,
    predictions: splitReplicates(rows)[0]?.predictions ?? [],
    classes: run.metrics?.classes ?? run.predictions?.classes ?? run.data?.classes ?? [],
    partName: (name) => `Part ${name}`,
    wanted: [
      ...run.frames && !run.predictions ? onsetScores : [],
      ...run.config?.experiment.targets?.kind === "recordings" ? ["retrieval"] : [],
      ...(evaluation?.scores ?? []).map(scoreKey),
    ],
    listed: (name) => pseudonymise === "everything" ? inLists(name) : name,
    carded: (kind, name) => pseudonymise === "nothing" ? name : onCards[kind](name),
  };
}

/** The part that is judged by: `test`, else the first that isn't `validation`. */
export function mainPart(parts: readonly string[]): string | undefined {
  return parts.find((name) => name === "test") ?? parts.find((name) => name !== "validation") ?? parts[0];
}

/** The scores of the part by the unit that the experiment is read by. */
export function pooledScores({ metrics, run }: ReportView): Scores {
  const evaluation = run.config?.experiment.evaluation;
  return scoresByUnit(metrics?.pooled ?? {}, evaluation?.unit);
}

/** A score of the part that has a value, with its key below the part. */
export function pooledScore(view: ReportView, name: string): { score: Score; at: string } | null {
  const score = pooledScores(view)[name];
  return score && score.value !== null ? { score, at: `pooled.${score.unit}.${name}` } : null;
}

/** The scores of the part as the run is read by them. */
export function toldScores({ metrics, run }: ReportView): Record<string, ReadScore> {
  return metrics ? scoresAsRead(metrics, run.config?.experiment.evaluation) : {};
}

/**
 * A score as the run is read by it: where one source is left out at a time the mean over the sources, of which each was new to
 * the network, and else the pooled one; `over` says the former in words.
 */
export function toldScore(view: ReportView, name: string): { score: Score; at: string; over?: string } | null {
  const { over, ...score } = toldScores(view)[name] ?? {};
  return over === undefined ? pooledScore(view, name) : { score, at: `sourceMean.${name}`, over };
}

/** Scores that speak for the whole run: the official ones that the experiment names, then general ones. */
export function headlineNames(view: ReportView): string[] {
  const names = [...view.wanted, ...headline];
  return names.filter((name) => pooledScore(view, name) !== null).slice(0, 4);
}

/** What is counted as one in the part's first table: what its first score counts by. */
export function mainUnit(view: ReportView): Unit {
  const [headline] = headlineNames(view);
  return headline === undefined ? "item" : pooledScore(view, headline)!.score.unit;
}

/** Names by order of appearance, "subject 1", "subject 2": the same for the same name, and nothing of it is left. */
export function pseudonyms(kind: string): (name: string) => string {
  const known = new Map<string, string>();
  return (name) => {
    if (!known.has(name)) known.set(name, `${kind} ${known.size + 1}`);
    return known.get(name)!;
  };
}
