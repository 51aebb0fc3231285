import { expect } from "expect";
import { fileURLToPath } from "node:url";
import { openSleeping, type SleepingOptions, valueOf } from "./sleeping_worker_fixture.ts";
import type { StoredTrial } from "./storage/study_storage.ts";

const SCRIPT = fileURLToPath(new URL("./sleeping_worker_fixture.ts", import.meta.url));

/** Starts a worker process whose trials sleep. */
export function startSleeping(
  options: SleepingOptions,
  { name, flags = [] }: { name?: string; flags?: string[] } = {},
) {
  const args = ["run", "--quiet", "-A", "--no-check", ...flags, SCRIPT, JSON.stringify(options), ...name ? [name] : []];
  return new Deno.Command("deno", { args, stdin: "null", stdout: "null", stderr: "piped" }).spawn();
}

/** What a worker said and how it ended. */
export async function endOf(child: Deno.ChildProcess): Promise<{ code: number; said: string }> {
  const { code, stderr } = await child.output();
  return { code, said: new TextDecoder().decode(stderr) };
}

/** The trials of a study. */
export async function trialsOf(options: SleepingOptions): Promise<readonly StoredTrial[]> {
  const storage = await openSleeping(options);
  try {
    return await storage.trials();
  } finally {
    await storage.close();
  }
}

/**
 * Checks that each trial was ended exactly once, with its own value and all its steps, and that a trial that was taken
 * over went on from its last checkpoint: at most one step is done again for each interruption.
 */
export async function expectWholeNight(options: SleepingOptions, { interruptions }: { interruptions: number }) {
  const { folder, trials: count, steps } = options;
  const trials = await trialsOf(options);
  expect(trials.map(({ number, state }) => [number, state])).toEqual(
    Array.from({ length: count }, (_, number) => [number, "complete"]),
  );
  for (const { params, value, intermediate } of trials) {
    expect(value).toBe(valueOf(params.x as number, steps));
    expect([...intermediate.keys()].toSorted((a, b) => a - b)).toEqual(Array.from({ length: steps }, (_, i) => i + 1));
  }
  expect(new Set(trials.map(({ endOrder }) => endOrder)).size).toBe(count);
  if (options.storage === undefined) {
    const lines = (await Deno.readTextFile(`${folder}/study.jsonl`)).trimEnd().split("\n").map((line) =>
      JSON.parse(line)
    );
    expect(lines.filter(({ op_code, state }) => op_code === 6 && state === 1).length).toBe(count);
  }
  const done = (await Deno.readTextFile(`${folder}/steps.log`)).trimEnd().split("\n").length;
  expect(done).toBeGreaterThanOrEqual(count * steps);
  expect(done).toBeLessThanOrEqual(count * steps + interruptions);
}

/** A crowd of workers in four processes whose trials sleep for half a second, and what became of it. */
export interface Crowd {
  options: SleepingOptions;
  /** Trials a second, from the first start to the last end. */
  perSecond: number;
  /** Trials a second that the sleep alone would allow. */
  ideal: number;
}

/** Lets so many workers do four trials each; in a journal in the folder where no storage is named. */
export async function workAsCrowd(
  { folder, workers, storage }: { folder: string; workers: number; storage?: string },
): Promise<Crowd> {
  const options = { folder, storage, trials: 4 * workers, steps: 2, sleep: 250, crew: workers / 4 };
  const ends = await Promise.all(Array.from({ length: 4 }, () => endOf(startSleeping(options))));
  expect(ends.map(({ said }) => said)).toEqual(["", "", "", ""]);
  await expectWholeNight(options, { interruptions: 0 });
  const trials = await trialsOf(options);
  expect(trials.map(({ claims }) => claims)).toEqual(Array(options.trials).fill(1));
  const times = trials.flatMap(({ startedAt, finishedAt }) => [Date.parse(startedAt!), Date.parse(finishedAt!)]);
  const perSecond = trials.length * 1000 / (Math.max(...times) - Math.min(...times));
  return { options, perSecond, ideal: workers / (options.steps * options.sleep / 1000) };
}

/** Runs a check in a folder of its own, gone afterwards. */
export async function inFolder(check: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await check(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

export function seconds(count: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, count * 1000));
}
