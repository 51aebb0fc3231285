// A worker process whose trials sleep instead of train, for tests of what may happen at night:
//
//   deno run -A lib/sweep/sleeping_worker_fixture.ts '{"folder": …}' NAME

import { join } from "node:path";
import { writeAtomic } from "../files/mod.ts";
import { float } from "../experiment/describe/search_space.ts";
import { runWorker } from "./run_worker.ts";
import { randomSampler } from "./samplers/sampler.ts";
import { openJournalStorage } from "./storage/journal_storage.ts";
import { openPostgresStorage } from "./storage/postgres_storage.ts";
import type { StudyDescription } from "./storage/study_storage.ts";
import type { TriedSetting } from "./try_setting.ts";
import { beginLife } from "./worker_life.ts";

/** What such a worker is told. */
export interface SleepingOptions {
  /** The study's folder. */
  folder: string;
  /** The study; its name where there are several. */
  study?: string;
  /** `postgres://…` or the path of a journal. @default {study.jsonl in the folder} */
  storage?: string;
  trials: number;
  steps: number;
  /** Milliseconds of sleep in a step. */
  sleep: number;
  /** Workers in this process. @default {1} */
  crew?: number;
  /** What happens in which trials, by number. */
  throws?: number[];
  nan?: number[];
  memory?: number[];
  /** Milliseconds that the clock jumps to and fro with each step. */
  clock?: number;
  beatSeconds?: number;
  abandonedSeconds?: number;
}

export const sleepingStudy = (name = "night"): StudyDescription => ({
  name,
  direction: "maximize",
  space: { x: float(0, 1) },
  experiment: "{}",
});

/** The storage of such a study. */
export function openSleeping({ folder, study, storage = join(folder, "study.jsonl") }: SleepingOptions) {
  return storage.startsWith("postgres")
    ? openPostgresStorage(storage, sleepingStudy(study), { patienceSeconds: 60 })
    : openJournalStorage(storage, sleepingStudy(study));
}

/** The value that a step of a trial reports; that of the last step is the trial's. */
export const valueOf = (x: number, step: number) => x * step;

async function work(options: SleepingOptions, name: string | undefined): Promise<void> {
  const { folder, trials, steps, sleep, beatSeconds, abandonedSeconds } = options;
  const stop = new AbortController();
  Deno.addSignalListener("SIGTERM", () => stop.abort());
  const life = beginLife(join(folder, "workers"), name);
  const storage = await openSleeping(options);
  const log = await Deno.open(join(folder, "steps.log"), { append: true, create: true });

  const attempt = async (
    params: Record<string, unknown>,
    { folder, onReport, signal }: Parameters<Parameters<typeof runWorker>[0]["attempt"]>[1],
  ): Promise<TriedSetting> => {
    const [x, number] = [params.x as number, Number(folder.split("/").at(-2))];
    if (options.throws?.includes(number)) throw new Error(`trial ${number} can't be trained`);
    if (options.nan?.includes(number)) return { state: "complete", value: NaN };
    if (options.memory?.includes(number)) exhaustMemory();
    const checkpoint = join(folder, "step.txt");
    let step = Number(await Deno.readTextFile(checkpoint).catch(() => "0"));
    while (step < steps) {
      if (signal?.aborted) return { state: "stopped", value: NaN };
      await new Promise((resolve) => setTimeout(resolve, sleep));
      step++;
      await log.write(new TextEncoder().encode(`${number} ${step}\n`));
      if (options.clock) clockShift = step % 2 === 0 ? options.clock : -options.clock;
      await onReport(step, valueOf(x, step));
      await writeAtomic(checkpoint, String(step));
    }
    return { state: "complete", value: valueOf(x, steps) };
  };

  try {
    await runWorker({
      ...{
        storage,
        worker: life.worker,
        isDead: life.isDead,
        sampler: randomSampler,
        pruner: () => false,
      },
      ...{ limit: trials, seed: 0, studyFolder: folder, attempt, signal: stop.signal, beatSeconds, abandonedSeconds },
    });
  } finally {
    life.end();
    await storage.close();
    log.close();
  }
}

function exhaustMemory(): never {
  const kept: unknown[] = [];
  for (;;) kept.push(Array.from({ length: 1000 }, () => ({})));
}

let clockShift = 0;

/** From now on this process's clock is off by `clockShift`, as far as programs can tell. */
function bendClock(): void {
  const Real = Date;
  globalThis.Date = class extends Real {
    constructor() {
      super(Real.now() + clockShift);
    }
    static override now = () => Real.now() + clockShift;
  } as DateConstructor;
}

if (import.meta.main) {
  const options: SleepingOptions = JSON.parse(Deno.args[0]);
  if (options.clock) bendClock();
  try {
    await Promise.all(Array.from({ length: options.crew ?? 1 }, () => work(options, Deno.args[1])));
  } catch (error) {
    console.error(`error: ${(error as Error).message}`);
    Deno.exit(1);
  }
  Deno.exit();
}
