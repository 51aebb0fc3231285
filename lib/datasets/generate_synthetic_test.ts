import { expect } from "expect";
import { readRecording } from "../audio/mod.ts";
import { hashBytes, parseCsv } from "../files/mod.ts";
import { generateSynthetic, loadDataset } from "./mod.ts";

/** Runs with a made-up dataset of three subjects. */
async function withSynthetic(check: (folder: string) => Promise<void>, options = {}) {
  const folder = await Deno.makeTempDir();
  try {
    await generateSynthetic(folder, { subjects: 3, recordings: 2, ...options });
    await check(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** SHA-256 of every file below a folder, by name. */
function fingerprint(folder: string): Record<string, string> {
  const files = ["manifest.csv", "events.csv", "synthetic.json"];
  for (const { name } of Deno.readDirSync(`${folder}/recordings`)) files.push(`recordings/${name}`);
  return Object.fromEntries(files.sort().map((name) => [name, hashBytes(Deno.readFileSync(`${folder}/${name}`))]));
}

Deno.test("generateSynthetic() writes the same bytes for the same seed, others for another", async () => {
  await withSynthetic(async (first) => {
    const before = fingerprint(first);
    expect(Object.keys(before).length).toBe(3 + 3 * 2 * 2);
    await withSynthetic((second) => Promise.resolve(expect(fingerprint(second)).toEqual(before)));
    await generateSynthetic(first, { subjects: 3, recordings: 2, seed: 1 });
    const after = fingerprint(first);
    const recordings = Object.keys(after).filter((name) => name.startsWith("recordings/"));
    expect(recordings.filter((name) => after[name] === before[name])).toEqual([]);
  });
});

Deno.test("generateSynthetic() replaces its own folder and nobody else's, and people of two seeds have two names", async () => {
  await withSynthetic(async (folder) => {
    await generateSynthetic(folder, { subjects: 1, recordings: 1, kind: "heart" });
    expect([...Deno.readDirSync(`${folder}/recordings`)].map(({ name }) => name)).toEqual(["S001_heart_AV.wav"]);
    await generateSynthetic(folder, { subjects: 1, recordings: 1, kind: "heart", seed: 7 });
    expect([...Deno.readDirSync(`${folder}/recordings`)].map(({ name }) => name)).toEqual(["S001-7_heart_AV.wav"]);
    await Deno.remove(`${folder}/synthetic.json`);
    await expect(generateSynthetic(folder)).rejects.toThrow(
      /empty folder or an earlier synthetic dataset .*other files/,
    );
  });
});

Deno.test("generateSynthetic() shares the diseases out: half of ten hearts are healthy, each disease is there once", async () => {
  await withSynthetic(async (folder) => {
    const { rows } = await loadDataset("synthetic", { folder, task: "disease-6" });
    const bySubject = new Map(rows.map(({ subject, label }) => [subject, label]));
    expect([...bySubject.values()].toSorted()).toEqual(
      ["AR", "AS", "MR", "MS", "MVP", "normal", "normal", "normal", "normal", "normal"],
    );
  }, { subjects: 10, kind: "heart", recordings: 1, unusable: 0 });
});

Deno.test("generateSynthetic() makes audible, finite sound of the said length, and marks what is unusable", async () => {
  await withSynthetic(async (folder) => {
    const rows = parseCsv(await Deno.readTextFile(`${folder}/manifest.csv`), "manifest.csv");
    const recordings = new Map(rows.map((row) => [row.recording, row]));
    for (const [recording, { kind, quality }] of recordings) {
      const { samples, sampleRate, duration } = await readRecording(`${folder}/${recording}`);
      expect(sampleRate).toBe(4000);
      expect(duration).toBe(kind === "heart" ? 5 : 10);
      const peak = samples.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
      if (quality === "good") expect(peak).toBeGreaterThan(0.02);
    }
    const poor = [...recordings.values()].filter(({ quality }) => quality === "poor").length;
    // Binomial(12, 0.5): all or none once in 2,000 seeds.
    expect(poor).toBeGreaterThan(0);
    expect(poor).toBeLessThan(12);
    const { passedOver } = await loadDataset("synthetic", { folder, task: "abnormal-2" });
    expect(passedOver[0]?.reason).toMatch(/nothing can be heard in it \((clipped|drowned|detached|dropouts)\)/);
  }, { unusable: 0.5 });
});

Deno.test("generateSynthetic() puts each event inside its recording, and lung events inside breaths of that label", async () => {
  await withSynthetic(async (folder) => {
    const { rows, events } = await loadDataset("synthetic", { folder, task: "sounds-7" });
    expect(events.length).toBeGreaterThan(0);
    for (const event of events) {
      const breath = rows.find(({ recording, start, end }) =>
        recording === event.recording && start - 0.001 <= event.start && event.end <= end + 0.031
      );
      expect(breath?.label).toMatch(event.label.includes("crackle") ? /crackle/ : event.label);
    }
  }, { subjects: 12, kind: "lung", recordings: 1, unusable: 0 });
});

Deno.test("generateSynthetic() refuses what can't be made", async () => {
  const folder = await Deno.makeTempDir();
  await expect(generateSynthetic(folder, { subjects: 0 })).rejects.toThrow(
    /whole number from 1 but found 0 in subjects/,
  );
  await expect(generateSynthetic(folder, { recordings: 5 })).rejects.toThrow(/1 to 4, one a site but found 5/);
  expect([...Deno.readDirSync(folder)]).toEqual([]);
  await Deno.remove(folder);
});
