import { expect } from "expect";
import { join } from "node:path";
import { generateSynthetic, unpackArchive } from "../datasets/mod.ts";
import { type ExperimentDescription, resolveExperiment, runExperiment } from "../experiment/mod.ts";
import { hashBytes } from "../files/mod.ts";
import { writeFixtureRun } from "../report/fixture_run.ts";
import type { Run } from "../runs/mod.ts";
import { zipFolder } from "./archive_runs.ts";
import { archiveRuns, compareReproduction, describeReproduction, reproduceArchive } from "./mod.ts";

const description: ExperimentDescription = {
  ...{ name: "test/murmur", title: "A test <&>", question: "Is there a murmur?" },
  dataset: { name: "synthetic", task: "murmur-2" },
  input: { preset: "pcg", seconds: 2.5, padding: "circular" },
  model: { kind: "cnn", filters: [4, 4] },
  training: { epochs: 2, batchSize: 8 },
  evaluation: { protocol: { kind: "hold-out", test: 0.4, validation: 0.3 }, resamples: 100 },
};

async function withFolder(check: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await check(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function trained(folder: string): Promise<Run> {
  const data = join(folder, "data");
  await generateSynthetic(data, { kind: "heart", subjects: 12, recordings: 2, unusable: 0, seed: 3 });
  const places = { data, out: join(folder, "results"), cacheFolder: join(folder, "features") };
  const { run } = await runExperiment(resolveExperiment(description), {
    ...places,
    ...{ engine: "ort", threads: 1, seed: 5, command: "deno task experiment x.ts --seed 5" },
  });
  await run.write("report.html", "it sounds");
  return run;
}

Deno.test("an archive holds no sound, is the same bytes again, and its run is trained again to the same bytes", async () => {
  await withFolder(async (folder) => {
    const run = await trained(folder);
    const [out, twin] = ["a.zip", "b.zip"].map((name) => join(folder, name));
    const names = await archiveRuns([run], { out, project: folder });
    await archiveRuns([run], { out: twin, project: folder });
    expect(hashBytes(await Deno.readFile(twin))).toBe(hashBytes(await Deno.readFile(out)));
    expect(names.filter((name) => /\.(wav|npy|html)$/.test(name))).toEqual([]);
    expect(names).toEqual(expect.arrayContaining(["archive.json", "reproduce.sh", "ro-crate-metadata.json"]));

    const places = { out: join(folder, "elsewhere"), cacheFolder: join(folder, "other-features") };
    const [same] = await Array.fromAsync(reproduceArchive(out, places));
    expect(new Set(same.agreement!.files.map(({ agreement }) => agreement))).toEqual(new Set(["the same"]));
    expect(new Set(same.agreement!.numbers.map(({ agreement }) => agreement))).toEqual(new Set(["the same"]));
    expect(same.agreement!.files.map(({ name }) => name)).toContain("model/model.weights.bin");
    expect(same.agreement!.reasons).toEqual([]);

    const [other] = await Array.fromAsync(reproduceArchive(join(places.out, "a-archive"), { ...places, threads: 2 }));
    expect(other.agreement!.reasons.some((reason) => reason.startsWith("threads: 1, then 2"))).toBe(true);
    expect(other.agreement!.files.find(({ name }) => name === "splits.json")!.agreement).toBe("the same");
  });
});

Deno.test("recordings are packed only where their licence lets them be passed on", async () => {
  await withFolder(async (folder) => {
    const run = await writeFixtureRun(join(folder, "results"), { subjects: 6, examples: 1, seconds: 1 });
    const config = await run.config(), data = await run.data();
    await Deno.mkdir(join(folder, "data", "wav"), { recursive: true });
    await Deno.writeTextFile(join(folder, "data", "wav", "a ü&.wav"), "sound");
    await run.save("config", { ...config, dataFolder: join(folder, "data") });
    const out = join(folder, "a.zip");
    const names = await archiveRuns([run], { out, withRecordings: true, project: folder });
    expect(names).toContain("recordings/fixture/wav/a ü&.wav");
    const to = join(folder, "unpacked");
    await unpackArchive(out, { folder: to, budget: { bytes: 1e9 } });
    expect(await Deno.readTextFile(join(to, "recordings/fixture/wav/a ü&.wav"))).toBe("sound");
    await run.save("data", { ...data, licence: "none stated" });
    await expect(archiveRuns([run], { out, withRecordings: true, project: folder })).rejects.toThrow(
      /licence "none stated"/,
    );
    expect([...Deno.readDirSync(folder)].filter(({ name }) => name.endsWith(".tmp"))).toEqual([]);
  });
});

Deno.test("an archive that names a run outside of itself is refused", async () => {
  await withFolder(async (folder) => {
    for (const name of ["runs/..", "../results", "/etc", "runs/a/../.."]) {
      const contents = { version: 1, runs: [{ folder: name, recordings: null }] };
      await Deno.writeTextFile(join(folder, "archive.json"), JSON.stringify(contents));
      await expect(Array.fromAsync(reproduceArchive(folder, { out: folder }))).rejects.toThrow(/archive\.json/);
    }
  });
});

Deno.test("what is no archive, and what is far larger than it looks, is refused", async () => {
  await withFolder(async (folder) => {
    const out = join(folder, "out");
    const refused = async (name: string, files: Record<string, string>, message: RegExp) => {
      for (const [file, text] of Object.entries(files)) await Deno.writeTextFile(join(folder, file), text);
      await zipFolder(folder, { files: Object.keys(files), out: join(folder, name) });
      await expect(Array.fromAsync(reproduceArchive(join(folder, name), { out }))).rejects.toThrow(message);
    };
    await refused("none.zip", { "a.txt": "a" }, /made by deno task archive.* found none/);
    await refused("broken.zip", { "archive.json": "{" }, /made by deno task archive/);
    await refused(
      "bomb.zip",
      { "zeros.txt": "0".repeat(60e6) },
      /at most \d+ more bytes when unpacked but found 60000000/,
    );
  });
});

Deno.test("compareReproduction() tells a number in its interval from one outside, and from one that is gone", async () => {
  await withFolder(async (folder) => {
    const [first, again] = await Promise.all(
      ["a", "b"].map((name) => writeFixtureRun(join(folder, name), { subjects: 12, examples: 0 })),
    );
    const metrics = await again.metrics();
    const scores = metrics.parts.test.pooled.item!;
    const { low, high } = scores.accuracy;
    scores.accuracy.value = low;
    scores.balancedAccuracy.value = 0;
    delete scores.mcc;
    await again.save("metrics", metrics);
    await again.save("config", { ...await again.config(), seeds: [2] });
    const compared = await compareReproduction(first, again);
    const of = (name: string) => compared.numbers.find((number) => number.name === `test, by item: ${name}`)!.agreement;
    expect(low! < high!).toBe(true);
    expect(["accuracy", "balancedAccuracy", "mcc", "f1Macro"].map(of))
      .toEqual(["within the interval", "outside of the interval", "missing", "the same"]);
    expect(compared.files.find(({ name }) => name === "metrics.json")!.agreement).toBe("differs");
    expect(compared.reasons.join()).toMatch(/^settings or seeds/);
    expect(describeReproduction(compared)).toContain("1 within the interval, ");
  });
});
