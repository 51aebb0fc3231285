// Trials an hour of two workers against one, on real training: deno task bench --only sweep-workers
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { generateSynthetic } from "../lib/datasets/mod.ts";
import { openJournalStorage } from "../lib/sweep/storage/journal_storage.ts";
import type { BenchRow } from "./bench_row.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** Of each sweep; all are trained alike, so that an even share is a fair one. */
const TRIALS = 8;

/** Trainings that a trial on this machine takes some seconds for. */
const SETTINGS = ["training.epochs=24"];

/** What two sweeps of one worker do side by side is what the machine has to give. */
const SWEEPS = [
  { model: "two workers", workers: [2], studies: ["two"] },
  { model: "two sweeps side by side", workers: [1, 1], studies: ["left", "right"] },
];

/** Workers of one thread each on two cores, as a ratio to one; from the first trial's begin to the last one's end. */
export async function sweepWorkersBench(
  { onProgress }: { onProgress?: (line: string) => void } = {},
): Promise<BenchRow[]> {
  const data = await Deno.makeTempDir();
  const out = join("results", `bench-sweep-${crypto.randomUUID().slice(0, 8)}`);
  const sweep = (study: string, workers: number, trials: number) => runSweep({ data, out, study, workers, trials });
  try {
    await generateSynthetic(data, { kind: "heart", subjects: 40, recordings: 2, unusable: 0 });
    onProgress?.("sweep workers: features");
    await sweep("warm-up", 1, 1);
    onProgress?.(`sweep workers: one worker, ${TRIALS} trials`);
    const one = await sweep("one", 1, TRIALS);
    const rows: BenchRow[] = [];
    for (const { model, workers, studies } of SWEEPS) {
      onProgress?.(`sweep workers: ${model}, ${TRIALS} trials`);
      const share = TRIALS / studies.length;
      const times = await Promise.all(studies.map((study, i) => sweep(study, workers[i], share)));
      const [ours, theirs] = [times.flat(), one].map(perHour);
      rows.push({
        ...{ bench: "sweep", model, setting: `${TRIALS} trials of experiments/demo.ts, 24 epochs`, threads: 2 },
        ...{ peer: "one worker", ours, theirs, ratio: ours / theirs, unit: "trials/h" },
      });
    }
    return rows;
  } finally {
    await Deno.remove(data, { recursive: true });
    await Deno.remove(join(ROOT, out), { recursive: true });
  }
}

/** When a trial began and ended, ms. */
type Span = [from: number, to: number];

function perHour(spans: readonly Span[]): number {
  const [first, last] = [Math.min(...spans.map(([from]) => from)), Math.max(...spans.map(([, to]) => to))];
  return 3.6e6 * spans.length / (last - first);
}

async function runSweep(
  { data, out, study, workers, trials }: { data: string; out: string; study: string; workers: number; trials: number },
): Promise<Span[]> {
  const args = ["run", "--quiet", "-P=sweep", "lib/tasks/sweep.ts", "experiments/demo.ts"];
  args.push("--data", data, "--out", out, "--study", study, "--trials", `${trials}`, "--workers", `${workers}`);
  args.push("--sampler", "random", "--pruner", "none", ...SETTINGS.flatMap((setting) => ["--set", setting]));
  const { success, stderr } = await new Deno.Command("deno", { args, cwd: ROOT }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  const storage = await openJournalStorage(join(ROOT, out, study, "study.jsonl"), study);
  const done = await storage.trials();
  await storage.close();
  return done.map(({ startedAt, finishedAt }) => [Date.parse(startedAt!), Date.parse(finishedAt!)]);
}

if (import.meta.main) console.table(await sweepWorkersBench({ onProgress: console.error }));
