// What a sweep itself costs for each trial, beside training, when many have ended: deno task bench --only sweep-cost
import { dirname, join } from "node:path";
import process from "node:process";
import { float, oneOf } from "../lib/experiment/describe/search_space.ts";
import { randomStream } from "../lib/random/mod.ts";
import { medianPruner } from "../lib/sweep/pruners/median_pruner.ts";
import { tpeSampler } from "../lib/sweep/samplers/tpe_sampler.ts";
import { openJournalStorage } from "../lib/sweep/storage/journal_storage.ts";
import type { StudyDescription, StudyStorage } from "../lib/sweep/storage/study_storage.ts";
import { workOnTrial } from "../lib/sweep/work_on_trial.ts";
import type { BenchRow } from "./bench_row.ts";

const STUDY: StudyDescription = {
  name: "cost",
  direction: "maximize",
  space: {
    rate: float(3e-4, 1e-2, { log: true }),
    decay: float(1e-4, 1e-1, { log: true }),
    dropout: float(0, 0.5),
    padding: oneOf("zero", "circular"),
  },
  experiment: "{}",
};

/** Reports of a trial: epochs of a short training. */
const REPORTS = 20;

/** Trials that are timed. */
const TIMED = 20;

/** Milliseconds a trial by TPE and the median pruner on a journal, all reports included, after so many ended trials. */
export async function sweepCostBench(
  { onProgress }: { onProgress?: (line: string) => void } = {},
): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const ended of [1000, 10_000]) {
    onProgress?.(`sweep cost: ${TIMED} trials after ${ended}`);
    const folder = await Deno.makeTempDir();
    try {
      const path = join(folder, "study.jsonl");
      await writeEnded(path, ended);
      const started = performance.now();
      const storage = await openJournalStorage(path, STUDY);
      const opening = performance.now() - started;
      const cost = await costOfTrial(storage, dirname(path));
      await storage.close();
      const row = (model: string, ours: number, unit: string): BenchRow => ({
        ...{ bench: "sweep", model, setting: `journal, ${ended} ended trials of ${REPORTS} reports`, threads: 1 },
        ...{ peer: null, ours, theirs: null, ratio: null, unit },
      });
      rows.push(
        row("the sweep's own cost", cost.clock, "ms/trial"),
        row("the sweep's own cost", cost.cpu, "CPU ms/trial"),
        row("opening a study", opening, "ms"),
      );
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  }
  return rows;
}

/** The median trial, from the claim to its end. */
async function costOfTrial(storage: StudyStorage, studyFolder: string): Promise<{ clock: number; cpu: number }> {
  const sampler = tpeSampler();
  const times: number[] = [], cpuTimes: number[] = [];
  for (let i = 0; i < TIMED; i++) {
    const [started, cpu] = [performance.now(), process.cpuUsage()];
    const trial = await storage.claim({
      worker: "one",
      limit: Infinity,
      isAbandoned: () => false,
      propose: (trials, number) => sampler({ ...STUDY, trials, number, stream: randomStream(0, `trial/${number}`) }),
    });
    await workOnTrial(trial!, {
      ...{ storage, studyFolder, worker: "one", sampler, pruner: medianPruner({ warmupSteps: REPORTS }) },
      ...{ limit: Infinity, seed: 0 },
      async attempt(params, { onReport }) {
        for (let step = 1; step <= REPORTS; step++) await onReport(step, valueOf(params, step));
        return { state: "complete", value: valueOf(params, REPORTS) };
      },
    });
    times.push(performance.now() - started);
    const { user, system } = process.cpuUsage(cpu);
    cpuTimes.push((user + system) / 1000);
  }
  const median = (values: number[]) => values.sort((a, b) => a - b)[TIMED >> 1];
  return { clock: median(times), cpu: median(cpuTimes) };
}

function valueOf(params: Record<string, unknown>, step: number): number {
  return -Math.abs(Math.log10(params.rate as number) + 2.5) - (params.dropout as number) / step;
}

/** Writes a journal of ended trials, through a storage that is synced once. */
async function writeEnded(path: string, count: number): Promise<void> {
  await (await openJournalStorage(path, STUDY)).close();
  const stream = randomStream(0, "ended");
  const lines: string[] = [];
  const add = (record: Record<string, unknown>) => lines.push(JSON.stringify({ worker_id: "bench", ...record }) + "\n");
  const now = new Date().toISOString();
  const real = (low: number, high: number, log: boolean) =>
    JSON.stringify({ name: "FloatDistribution", attributes: { step: null, low, high, log } });
  for (let trial_id = 0; trial_id < count; trial_id++) {
    const rate = 3e-4 * (1e-2 / 3e-4) ** stream.uniform();
    const decay = 1e-4 * 1e3 ** stream.uniform();
    const dropout = stream.uniform(0, 0.5);
    const param = (param_name: string, param_value_internal: number, distribution: string) =>
      add({ op_code: 5, trial_id, param_name, param_value_internal, distribution });
    add({ op_code: 4, study_id: 0, datetime_start: now });
    param("rate", rate, real(3e-4, 1e-2, true));
    param("decay", decay, real(1e-4, 1e-1, true));
    param("dropout", dropout, real(0, 0.5, false));
    const choices = { name: "CategoricalDistribution", attributes: { choices: ["zero", "circular"] } };
    param("padding", stream.integer(2), JSON.stringify(choices));
    add({ op_code: 9, trial_id, system_attr: { "auscult:worker": "one" } });
    for (let step = 1; step <= REPORTS; step++) {
      add({ op_code: 7, trial_id, step, intermediate_value: valueOf({ rate, dropout }, step) });
    }
    const values = [valueOf({ rate, dropout }, REPORTS)];
    add({ op_code: 6, trial_id, state: 1, values, datetime_complete: now });
  }
  await Deno.writeTextFile(path, lines.join(""), { append: true });
}

if (import.meta.main) console.table(await sweepCostBench({ onProgress: console.error }));
