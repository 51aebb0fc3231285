// Trials an hour of two workers against one, on real training: deno task bench --only sweep
import { join } from "node:path";
import { generateSynthetic } from "../lib/datasets/mod.ts";
import { openJournalStorage } from "../lib/sweep/storage/journal_storage.ts";
import type { BenchRow } from "./bench_row.ts";

const ROOT = new URL("../", import.meta.url).pathname;

/** Of each sweep; all are trained alike, so that an even share is a fair one. */
const TRIALS = 8;

/** Two workers of one thread each on two cores, as a ratio to one; from the first trial's begin to the last one's end. */
export async function sweepWorkersBench(
  { onProgress }: { onProgress?: (line: string) => void } = {},
): Promise<BenchRow[]> {
  const data = await Deno.makeTempDir();
  const out = join("results", `bench-sweep-${crypto.randomUUID().slice(0, 8)}`);
  try {
    await generateSynthetic(data, { kind: "heart", subjects: 40, recordings: 2, unusable: 0 });
    await sweep({ data, out, study: "warm-up", workers: 1, trials: 1 }); // builds the features
    onProgress?.("sweep: one worker");
    const theirs = await sweep({ data, out, study: "one", workers: 1, trials: TRIALS });
    onProgress?.("sweep: two workers");
    const ours = await sweep({ data, out, study: "two", workers: 2, trials: TRIALS });
    return [{
      ...{ bench: "sweep", model: "two workers", setting: `${TRIALS} trials of experiments/demo.ts, 4 epochs` },
      ...{ threads: 2, peer: "one worker", ours, theirs, ratio: ours / theirs, unit: "trials/h" },
    }];
  } finally {
    await Deno.remove(data, { recursive: true });
    await Deno.remove(join(ROOT, out), { recursive: true });
  }
}

/** Trials an hour. */
async function sweep(
  { data, out, study, workers, trials }: { data: string; out: string; study: string; workers: number; trials: number },
): Promise<number> {
  const args = ["run", "--quiet", "-P=sweep", "lib/tasks/sweep.ts", "experiments/demo.ts"];
  args.push("--data", data, "--out", out, "--study", study, "--trials", `${trials}`, "--workers", `${workers}`);
  args.push("--sampler", "random", "--pruner", "none", "--set", "training.epochs=4");
  const { success, stderr } = await new Deno.Command("deno", { args, cwd: ROOT }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  const storage = await openJournalStorage(join(ROOT, out, study, "study.jsonl"), study);
  const done = await storage.trials();
  await storage.close();
  const times = done.flatMap(({ startedAt, finishedAt }) => [Date.parse(startedAt!), Date.parse(finishedAt!)]);
  return 3.6e6 * trials / (Math.max(...times) - Math.min(...times));
}

if (import.meta.main) console.table(await sweepWorkersBench({ onProgress: console.error }));
