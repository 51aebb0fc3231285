// Experiments that are killed at random moments: the same command again ends with the bytes of one that was left alone
// (sweeps: sweep_kills_peer_checks.ts). AUSCULT_KILLS says how often: 60 for the full check.

import { expect } from "expect";
import { join, relative } from "node:path";
import { generateSynthetic } from "../datasets/mod.ts";
import { type RandomStream, randomStream } from "../random/mod.ts";
import { peerCheck } from "../testing/mod.ts";

const ROOT = join(import.meta.dirname!, "../..");
const KILLS = Number(Deno.env.get("AUSCULT_KILLS") ?? 6);
const SIGNALS = ["SIGKILL", "SIGTERM", "SIGINT"] as const;
const SMALL = ["model.filters=[4,4]", "training.epochs=3", "evaluation.resamples=100"];

/** Arguments of the task `experiment`. */
type Command = string[];

function start(args: Command): Deno.ChildProcess {
  const run = ["run", "--quiet", "--no-check", "-P=train", "lib/tasks/experiment.ts", ...args];
  return new Deno.Command("deno", { args: run, cwd: ROOT, stdin: "null", stdout: "piped", stderr: "piped" }).spawn();
}

/** Runs to the end, and gives how long that took, ms. */
async function finish(command: Command): Promise<number> {
  const begun = performance.now();
  const { code, stderr } = await start(command).output();
  expect([code, code === 0 ? "" : new TextDecoder().decode(stderr)]).toEqual([0, ""]);
  return performance.now() - begun;
}

/** Begins and is killed at a moment of its life; whether it was, rather than done before. */
async function killed(command: Command, { life, random }: { life: number; random: RandomStream }): Promise<boolean> {
  const child = start(command);
  const signal = SIGNALS[random.integer(SIGNALS.length)];
  const timer = setTimeout(() => {
    try {
      child.kill(signal);
    } catch { // it has just ended
    }
  }, random.uniform(0, life));
  const { code } = await child.output();
  clearTimeout(timer);
  return code !== 0;
}

/** Dies up to three times, then is left alone; where it was killed after its last word, the same command would begin anew. */
async function throughDeaths(
  command: Command,
  { life, random, most, done }: { life: number; random: RandomStream; most: number; done: () => Promise<boolean> },
): Promise<number> {
  let kills = 0;
  for (let tries = Math.min(most, 1 + random.integer(3)); tries > 0; tries--) {
    if (!await done() && await killed(command, { life, random })) kills++;
  }
  if (!await done()) await finish(command);
  return kills;
}

/** A dataset and a folder below results, both taken away afterwards. */
async function inPlace(check: (place: { data: string; out: string }) => Promise<void>): Promise<void> {
  const data = await Deno.makeTempDir();
  const out = `results/kill-check-${crypto.randomUUID().slice(0, 8)}`;
  try {
    await generateSynthetic(data, { kind: "heart", subjects: 12, recordings: 2, unusable: 0 });
    await check({ data, out });
  } finally {
    await Deno.remove(data, { recursive: true });
    await Deno.remove(join(ROOT, out), { recursive: true }).catch(() => {});
  }
}

/** Folders of runs that were begun. */
async function runsIn(out: string): Promise<string[]> {
  const experiment = join(ROOT, out, "demo");
  const entries = await Array.fromAsync(Deno.readDir(experiment)).catch(() => []);
  const folders = entries.filter(({ isDirectory }) => isDirectory).map(({ name }) => join(experiment, name));
  const begun = await Promise.all(folders.map((folder) => exists(join(folder, "config.json"))));
  return folders.filter((_, i) => begun[i]);
}

function exists(path: string): Promise<boolean> {
  return Deno.stat(path).then(() => true, () => false);
}

/** Every file of a run by its path, without times and durations. */
async function timeless(out: string): Promise<Record<string, string>> {
  const runs = await runsIn(out);
  expect(runs.length).toBe(1);
  const [folder] = runs;
  const files: Record<string, string> = {};
  const walk = async (below: string): Promise<void> => {
    for await (const entry of Deno.readDir(below)) {
      const path = join(below, entry.name);
      if (entry.isDirectory) await walk(path);
      else files[relative(folder, path)] = withoutTimes(relative(folder, path), await Deno.readFile(path), out);
    }
  };
  await walk(folder);
  return files;
}

function withoutTimes(name: string, bytes: Uint8Array, out: string): string {
  if (!/\.(json|csv|html|md)$/.test(name)) return bytes.toBase64();
  const text = new TextDecoder().decode(bytes).replaceAll(out, "OUT")
    .replaceAll(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(\.\d+)?(Z| UTC)?/g, "TIME")
    .replaceAll(/\d{8}T\d{6}Z/g, "TIME") // a run's own name
    .replaceAll(/"(seconds|samplesPerSecond)": [\d.e+-]+/g, '"$1": TIME')
    .replaceAll(
      /(<data value=")[^"]*(" title="(status\.json|history\.csv): [^"]*(seconds|samplesPerSecond)[^"]*">)[^<]*/g,
      "$1TIME$2",
    );
  if (name !== "history.csv") return text;
  return text.replaceAll(/^([^,]*(?:,[^,]*){6}),.*$/gm, "$1"); // the last two columns are seconds and samples per second
}

peerCheck(
  "experiment, killed at random moments, ends with every byte of a run that was left alone",
  {},
  () =>
    inPlace(async ({ data, out }) => {
      const folds = 'evaluation.protocol={"kind":"grouped-folds","folds":2}';
      const command = (name: string): Command => [
        ...["experiments/demo.ts", "--data", data, "--threads", "1", "--engine", "ort", "--out", `${out}/${name}`],
        ...[...SMALL, folds].flatMap((set) => ["--set", set]),
        "--resume",
      ];
      await finish(command("warm")); // so that features are there for all alike
      const life = await finish(command("whole"));
      const whole = await timeless(`${out}/whole`);
      expect(Object.keys(whole)).toEqual(expect.arrayContaining(["report.html", "ro-crate-metadata.json"]));
      const random = randomStream(11, "kills");
      let kills = 0, resumed = 0;
      for (let run = 0; kills < KILLS; run++) {
        const done = async () => {
          const [folder] = await runsIn(`${out}/killed-${run}`);
          return folder !== undefined && await exists(join(folder, "ro-crate-metadata.json"));
        };
        kills += await throughDeaths(command(`killed-${run}`), { life, random, most: KILLS - kills, done });
        const found = await timeless(`${out}/killed-${run}`);
        expect(Object.keys(found).sort()).toEqual(Object.keys(whole).sort());
        const differing = Object.keys(whole).filter((name) => found[name] !== whole[name]);
        expect(differing).toEqual([]);
        await Deno.remove(join(ROOT, out, `killed-${run}`), { recursive: true });
        resumed++;
      }
      console.log(`${kills} kills of experiment, ${resumed} runs, each equal to the last byte`);
    }),
);
