import { expect } from "expect";
import { generateSynthetic } from "../../datasets/mod.ts";
import { resolveExperiment } from "../describe/define_experiment.ts";
import { extractFeatures } from "./extract_features.ts";
import { prepareData } from "./prepare_data.ts";
import { surveyRows } from "./listen.ts";

/** How often each recording is read and decoded, in this process; the threads' share is all that the listener keeps. */
async function counted(work: () => Promise<void>): Promise<{ reads: number[]; opens: number[] }> {
  const reads = new Map<string, number>(), opens = new Map<string, number>();
  const { readFile, open } = Deno;
  const count = (map: Map<string, number>, path: string | URL) => {
    if (String(path).endsWith(".wav")) map.set(String(path), (map.get(String(path)) ?? 0) + 1);
  };
  Deno.readFile = (path, options) => (count(reads, path), readFile(path, options));
  Deno.open = (path, options) => (count(opens, path), open(path, options));
  try {
    await work();
  } finally {
    Object.assign(Deno, { readFile, open });
  }
  return { reads: [...reads.values()], opens: [...opens.values()] };
}

Deno.test("a recording is read twice at most and decoded once; a second run reads it once and decodes nothing", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await generateSynthetic(`${folder}/data`, { subjects: 12, kind: "heart", recordings: 1, unusable: 0 });
    const experiment = resolveExperiment({
      ...{ name: "heart/listen", title: "A test", question: "?", dataset: { name: "synthetic", task: "murmur-2" } },
      ...{ input: { preset: "pcg", seconds: 2 }, model: { kind: "cnn" }, training: {} },
      evaluation: { protocol: { kind: "hold-out" } },
    });
    const options = { data: `${folder}/data`, cacheFolder: `${folder}/cache`, seed: 0 };
    const run = async () => {
      const { manifest, heard } = await prepareData(experiment, options);
      expect(heard.descriptions.size).toBe(12);
      expect(surveyRows(manifest.rows, heard).level.every((level) => level < 0 && level > -60)).toBe(true);
      const store = await extractFeatures(manifest, experiment.input, options);
      expect(store.count).toBeGreaterThanOrEqual(12);
      store.close();
    };
    const facts = () =>
      [...Deno.readDirSync(`${folder}/cache/heard`)].map(({ name }) =>
        `${name} ${Deno.statSync(`${folder}/cache/heard/${name}`).mtime!.getTime()}`
      ).sort();
    // One shard is built in this process, so that all is counted: once for its content, once to be decoded.
    const first = await counted(run);
    expect([Math.max(...first.reads), first.reads.length, first.opens]).toEqual([2, 12, []]);
    const kept = facts();
    expect(kept.length).toBe(36); // the hash of the samples, the thumbnail, and what was asked
    // In this process the files are known already; what was kept isn't written again.
    const second = await counted(run);
    expect([second.reads, second.opens]).toEqual([[], []]);
    expect(facts()).toEqual(kept);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("what was kept of a sound is worked out anew where a letter of it has changed", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await generateSynthetic(`${folder}/data`, { subjects: 12, kind: "heart", recordings: 1, unusable: 0 });
    const experiment = resolveExperiment({
      ...{ name: "heart/listen", title: "A test", question: "?", dataset: { name: "synthetic", task: "murmur-2" } },
      ...{ input: { preset: "pcg", seconds: 2 }, model: { kind: "cnn" }, training: {} },
      evaluation: { protocol: { kind: "hold-out" } },
    });
    const options = { data: `${folder}/data`, cacheFolder: `${folder}/cache`, seed: 0 };
    const before = await prepareData(experiment, options);
    for (const { name } of Deno.readDirSync(`${folder}/cache/heard`)) {
      const path = `${folder}/cache/heard/${name}`, text = await Deno.readTextFile(path);
      await Deno.writeTextFile(path, text.slice(0, -3) + "7" + text.slice(-2));
    }
    const after = await prepareData(experiment, options);
    expect([after.heard, after.hashes, after.duplicates]).toEqual([before.heard, before.hashes, before.duplicates]);
    expect(after.hashes.size).toBe(12);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
