import { basename } from "node:path";
import type { Metrics } from "../scores/mod.ts";
import { type Run, type RunAdapted, type RunData, runIn } from "../runs/mod.ts";

/** Other data that a run was judged on: what `evaluate` left in a folder. */
export interface ExternalSet {
  /** Path below the run: `"evaluations/ward-3"`. */
  folder: string;
  /** As it was called. */
  title: string;
  metrics: Metrics;
  /** `null` where it can't be read. */
  data: RunData | null;
  /** `null` where nothing was adapted. */
  adapted: RunAdapted | null;
}

/** The sets in a run's `evaluations/`, by name; a folder without figures is none. */
export async function readExternalSets(run: Run): Promise<ExternalSet[]> {
  const entries = await Array.fromAsync(Deno.readDir(run.path("evaluations"))).catch(() => []);
  const names = entries.filter(({ isDirectory }) => isDirectory).map(({ name }) => name).toSorted();
  const sets = await Promise.all(names.map((name) => readExternalSet(run.path("evaluations", name))));
  return sets.filter((set) => set !== null);
}

/** What lies in one such folder; `null` where it holds no figures. */
export async function readExternalSet(folder: string): Promise<ExternalSet | null> {
  const out = runIn(folder), name = basename(folder);
  const metrics = await out.metrics().catch(() => null);
  if (metrics === null || Object.keys(metrics.parts).length === 0) return null;
  const data = await out.data().catch(() => null), adapted = await out.adapted().catch(() => null);
  return { folder: `evaluations/${name}`, title: data?.title ?? name, metrics, data, adapted };
}

/** What a part of a set is called: the set's name, and the part's where there are several. */
export function externalName({ title, metrics }: Pick<ExternalSet, "title" | "metrics">, part: string): string {
  return `External: ${Object.keys(metrics.parts).length > 1 ? part : title}`;
}
