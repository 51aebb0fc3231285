// Whole sweeps with real processes, by their command line.

import { expect } from "expect";
import { fileURLToPath } from "node:url";
import { generateSynthetic } from "../../datasets/mod.ts";
import { openStudy, type StoredTrial } from "../../sweep/mod.ts";
import { withPostgres } from "../../sweep/storage/with_postgres_fixture.ts";
import { peerCheck } from "../../testing/mod.ts";
import { queueEmpty, run, withSlurm } from "./with_slurm_fixture.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** A place for a check: its dataset, and a folder of sweeps that the task may write to. */
interface Place {
  out: string;
  /** Arguments that every sweep here begins with. */
  args: string[];
}

async function inPlace(check: (place: Place) => Promise<void>): Promise<void> {
  const data = await Deno.makeTempDir();
  const out = `results/sweeps-check-${crypto.randomUUID().slice(0, 8)}`;
  try {
    await generateSynthetic(data, { kind: "heart", subjects: 10, recordings: 2, unusable: 0 });
    const small = ["model.filters=[2]", "training.epochs=6", "training.batchSize=16"].flatMap((set) => ["--set", set]);
    const fixed = ["--sampler", "random", "--pruner", "none", "--study", "night"];
    await check({ out, args: ["experiments/demo.ts", "--data", data, "--out", out, ...small, ...fixed] });
  } finally {
    await Deno.remove(data, { recursive: true });
    await Deno.remove(`${ROOT}${out}`, { recursive: true }).catch(() => {});
  }
}

function start(args: string[], env: Record<string, string> = {}): Deno.ChildProcess {
  const run = ["run", "--quiet", "--no-check", "-P=sweep", "lib/tasks/sweep.ts", ...args];
  return new Deno.Command("deno", { args: run, cwd: ROOT, env, stdin: "null", stdout: "piped", stderr: "piped" })
    .spawn();
}

async function endOf(child: Deno.ChildProcess): Promise<{ code: number; said: string }> {
  const { code, stdout, stderr } = await child.output();
  return { code, said: new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr) };
}

async function trialsOf({ out }: Place): Promise<readonly StoredTrial[]> {
  const storage = await openStudy("night", { folder: `${ROOT}${out}/night` });
  try {
    return await storage.trials();
  } finally {
    await storage.close();
  }
}

/** Waits until the trials are as asked for. */
async function until(place: Place, wanted: (trials: readonly StoredTrial[]) => boolean): Promise<void> {
  const end = performance.now() + 120_000;
  while (!await trialsOf(place).then(wanted, () => false)) { // before there is a study it can't be opened
    if (performance.now() > end) throw new Error("waited for two minutes in vain");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const stepsOf = (trials: readonly StoredTrial[]) =>
  trials.reduce((sum, { intermediate }) => sum + intermediate.size, 0);

peerCheck(
  "a sweep whose worker is killed and that is stopped itself goes on to the values of one that was left alone",
  {},
  () =>
    inPlace(async (place) => {
      // Long trials: a worker that is between two of them when it is killed leaves none behind.
      const long = [...place.args, "--set", "training.epochs=60", "--trials", "3"];
      const args = [...long, "--workers", "2"];
      const sweep = start(args);
      await until(place, (trials) => trials.length >= 2 && stepsOf(trials) >= 2);
      const [{ worker }] = (await trialsOf(place)).filter(({ state }) => state === "running");
      await kill("KILL", `--as-worker ${worker}`);
      await until(place, (trials) => trials.some(({ claims }) => claims === 2));

      const stopping = performance.now();
      sweep.kill("SIGTERM");
      const { code, said } = await endOf(sweep);
      expect([code, said]).toEqual([130, expect.stringContaining("The same command goes on")]);
      expect(performance.now() - stopping).toBeLessThan(10_000);
      const given = (await trialsOf(place)).filter(({ state }) => state === "running");
      expect(given.map(({ worker }) => worker)).toEqual(given.map(() => null));

      expect((await endOf(start(args))).code).toBe(0);
      const values = (await trialsOf(place)).map(({ state, params, value }) => [state, params, value]);
      await Deno.remove(`${ROOT}${place.out}`, { recursive: true });
      expect((await endOf(start(long))).code).toBe(0);
      expect(values).toEqual((await trialsOf(place)).map(({ state, params, value }) => [state, params, value]));
    }),
);

peerCheck(
  "a sweep refuses a study of its name with other settings, another program's journal, an empty range and a dataset that isn't there",
  {},
  () =>
    inPlace(async (place) => {
      const args = [...place.args, "--trials", "0"];
      expect((await endOf(start(args))).code).toBe(0);
      const changed = [...args, "--set", "training.epochs=7"];
      const other = await endOf(start(changed));
      expect([other.code, other.said]).toEqual([
        2,
        expect.stringMatching(/other settings .*"epochs":6.* against .*"epochs":7.* of which 1 trial .* --mended/),
      ]);
      expect((await endOf(start([...changed, "--mended"]))).code).toBe(0);

      const golden = new URL("../../sweep/goldens/journal.jsonl", import.meta.url);
      await Deno.mkdir(`${ROOT}${place.out}/golden`);
      await Deno.copyFile(golden, `${ROOT}${place.out}/golden/study.jsonl`);
      const theirs = await endOf(start([...args, "--study", "golden"]));
      expect([theirs.code, theirs.said]).toEqual([
        2,
        expect.stringMatching(/another program made.* searches lr, n_mels/),
      ]);

      const path = `${ROOT}${place.out}/empty.ts`;
      const demo = await Deno.readTextFile(`${ROOT}experiments/demo.ts`);
      await Deno.writeTextFile(path, demo.replaceAll("../lib", "../../lib").replace("float(0, 0.6)", "float(0.6, 0)"));
      const empty = await endOf(start([path, ...args.slice(1)]));
      expect([empty.code, empty.said]).toEqual([2, expect.stringMatching(/low end is not above its high end/)]);

      const lost = await endOf(start([...args, "--study", "lost", "--trials", "1", "--data", "/nowhere/at/all"]));
      expect([lost.code, lost.said]).toEqual([1, expect.stringContaining("/nowhere/at/all")]);
      // No trial has failed for it: the study has not been begun.
      await expect(Deno.stat(`${ROOT}${place.out}/lost`)).rejects.toThrow(Deno.errors.NotFound);
    }),
);

peerCheck(
  "a sweep on PostgreSQL may talk to that server alone, and shows no password",
  { tools: ["postgres-local"] },
  ({ tool }) =>
    inPlace((place) =>
      withPostgres(tool, async ({ url }) => {
        const storage = url.replace("auscult@", "auscult:secret@");
        expect(await endOf(start([...place.args, "--trials", "2", "--workers", "2", "--storage", storage])))
          .toEqual({ code: 0, said: expect.stringContaining("Best of 2 trials") });
        expect((await trialsOf(place)).map(({ state }) => state)).toEqual(["complete", "complete"]);
        expect(await Deno.readTextFile(`${ROOT}${place.out}/night/storage.txt`)).not.toContain("secret");
        const { said } = await endOf(start(["status", "night", "--out", place.out]));
        expect(said).toContain("2 complete");
      })
    ),
);

peerCheck(
  "a sweep of 12 trials on a Slurm array of 4, one task killed and one requeued, ends each trial exactly once",
  {
    tools: ["slurm-local"],
  },
  ({ tool }) =>
    inPlace((place) =>
      withSlurm(tool, async (env) => {
        const { words, slurm } = await clusterCommand();
        // Trials that are over before the next command has started leave it nothing to refuse.
        place.args.push("--set", "training.epochs=40");
        const submitted = await endOf(start([...place.args, ...words], env));
        expect(submitted.said).toMatch(/Slurm job 1: 12 tasks, 4 at once/);
        const running = (trials: readonly StoredTrial[]) => trials.filter(({ state }) => state === "running").length;
        await until(place, (trials) => running(trials) === 4 && stepsOf(trials) > 4);
        await run("scancel", ["--signal=KILL", "--batch", "1_1"], env);
        await run("scontrol", ["requeue", "1_2"], env);
        const { said } = await endOf(start(["status", "night", "--out", place.out], env));
        expect(said).toMatch(/Slurm jobs 1: \d+ tasks wait or run/);
        const twice = await endOf(start([...place.args, "--trials", "12", ...slurm], env));
        expect([twice.code, twice.said]).toEqual([2, expect.stringMatching(/a study that Slurm does not work on yet/)]);
        await until(place, (trials) => trials.length === 12 && trials.every(({ state }) => state === "complete"));
        const lines = (await Deno.readTextFile(`${ROOT}${place.out}/night/study.jsonl`)).trimEnd().split("\n");
        const ends = lines.map((line) => JSON.parse(line)).filter(({ op_code, state }) => op_code === 6 && state === 1);
        expect(ends.map(({ trial_id }) => trial_id).toSorted((a, b) => a - b)).toEqual([...Array(12).keys()]);

        // The tasks that were left over are cancelled by the first worker that finds nothing to do.
        await queueEmpty(env);
        const more = await endOf(start([...place.args, "--trials", "500", ...slurm], env));
        expect(more.said).toMatch(/Slurm job \d+: 488 tasks, 4 at once/);
        await until(place, (trials) => running(trials) > 0 && trials.length > 12);
        const stopped = await endOf(start(["stop", "night", "--out", place.out], env));
        expect(stopped).toEqual({ code: 0, said: expect.stringMatching(/Cancelled \d+ tasks/) });
        await queueEmpty(env);
        const left = (await trialsOf(place)).filter(({ state }) => state === "running");
        expect(left.map(({ worker }) => worker)).toEqual(left.map(() => null));
      })
    ),
);

/** What the page about clusters says after the experiment's file, and what of it is Slurm's. */
async function clusterCommand(): Promise<{ words: string[]; slurm: string[] }> {
  const page = await Deno.readTextFile(`${ROOT}experiments/howto/cluster.md`);
  const words = /^deno task sweep \S+\.ts (.*)$/m.exec(page)![1].split(" ");
  expect(words.slice(0, 2)).toEqual(["--trials", "12"]);
  return { words, slurm: words.slice(2) };
}

/** Sends a signal to the one process whose command line ends with some words. */
async function kill(signal: string, words: string): Promise<void> {
  const pids = (await run("pgrep", ["-f", "--", `${words}$`])).trim().split("\n");
  expect(pids.length).toBe(1);
  Deno.kill(Number(pids[0]), `SIG${signal}` as Deno.Signal);
}
