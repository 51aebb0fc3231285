import { expect } from "expect";
import { encodeWav } from "../audio/mod.ts";
import { loadDataset, scanDataset } from "./mod.ts";
import { withFolder } from "./fixtures/with_folder.ts";
import { syntheticDataset } from "./synthetic/synthetic_dataset.ts";

const sounds = [
  ...syntheticDataset({
    seed: 2,
    subjects: 3,
    kind: "heart",
    recordings: 1,
    heartSeconds: 4,
    lungSeconds: 6,
    unusable: 0,
  }),
]
  .map(({ samples }) => samples);
const wav = (samples: Float32Array) => encodeWav(samples, { sampleRate: 4000 });
const files = {
  "a/1.wav": wav(sounds[0]),
  "a/2.wav": wav(sounds[0].map((value) => value * 0.7)),
  "b/3.wav": wav(sounds[0].subarray(2000)),
  "b/4.wav": wav(sounds[1]),
  "b/5.wav": wav(sounds[1]),
  "b/6.wav": wav(sounds[2]),
  "b/7.wav": wav(new Float32Array(4000)),
  "b/8.wav": "no sound",
};

Deno.test("scanDataset() writes groups of near-duplicates, and loadDataset() takes each for one subject", async () => {
  await withFolder(files, async (folder) => {
    const scan = await scanDataset("folders", { folder });
    expect(scan.groups).toEqual([["a/1.wav", "a/2.wav", "b/3.wav"], ["b/4.wav", "b/5.wav"]]);
    expect(scan.pairs.filter(({ exact }) => exact).map(({ a, b }) => [a, b])).toEqual([["b/4.wav", "b/5.wav"]]);
    expect(scan.recordings).toBe(6);
    expect(scan.passedOver.map(({ path }) => path)).toEqual(["b/7.wav", "b/8.wav"]);
    expect(await Deno.readTextFile(`${folder}/near_duplicates.csv`)).toBe(
      "recording,group\na/1.wav,1\na/2.wav,1\nb/3.wav,1\nb/4.wav,2\nb/5.wav,2\n",
    );
    const { rows, warnings } = await loadDataset("folders", { folder, task: "labels" });
    expect(rows.map(({ recording, subject }) => [recording, subject])).toEqual([
      ["a/1.wav", "a/1"],
      ["a/2.wav", "a/1"],
      ["b/3.wav", "a/1"],
      ["b/4.wav", "b/4"],
      ["b/5.wav", "b/4"],
      ["b/6.wav", "b/6"],
      ["b/7.wav", "b/7"],
    ]);
    expect(warnings?.at(-1)).toMatch(/5 recordings have near-duplicates .* 2 groups/);
  });
});

Deno.test("scanDataset() writes elsewhere for a folder that isn't the user's", async () => {
  await withFolder({ "data/a/1.wav": wav(sounds[0]), "data/b/2.wav": wav(sounds[0]) }, async (folder) => {
    const path = `${folder}/groups.csv`;
    expect((await scanDataset("folders", { folder: `${folder}/data`, path })).path).toBe(path);
    const { rows } = await loadDataset("folders", { folder: `${folder}/data`, task: "labels", nearDuplicates: path });
    expect(rows.map(({ subject }) => subject)).toEqual(["a/1", "a/1"]);
  });
});

Deno.test("loadDataset() reads a line break in the name of a class folder as a blank", async () => {
  await withFolder({ "heart\nmurmur/1.wav": wav(sounds[0]), "normal/2.wav": wav(sounds[1]) }, async (folder) => {
    const { classes, rows } = await loadDataset("folders", { folder, task: "labels" });
    expect(classes).toEqual(["normal", "heart murmur"]);
    expect(rows.map(({ recording }) => recording)).toContain("heart\nmurmur/1.wav");
  });
});
