import { expect } from "expect";
import { join } from "node:path";
import { loadDataset, type Manifest } from "../datasets/mod.ts";
import { encodeWav } from "../audio/mod.ts";
import { itemKey, type Verdict, writeLabels } from "./mod.ts";

Deno.test("writeLabels() makes a dataset of what listeners agree on, which the loader of own tables reads", async () => {
  const home = await Deno.makeTempDir();
  const folder = join(home, "sounds");
  await Deno.mkdir(folder);
  const tone = Array.from({ length: 100 }, (_, i) => i % 2 / 10);
  const names = ["a.wav", "b, c.wav", "d.wav"];
  for (const name of names) await Deno.writeFile(join(folder, name), encodeWav(tone, { sampleRate: 100 }));
  const row = { start: 0, end: 1, label: "", source: "all", part: "train", attributes: {} };
  const rows = names.map((recording) => ({ ...row, recording, subject: recording }));
  const manifest: Manifest = {
    dataset: "folders",
    task: "labels",
    folder,
    classes: [],
    rows,
    events: [],
    passedOver: [],
  };
  const said = (name: string, rater: string, verdict: string | null): Verdict => ({
    ...{ item: itemKey({ ...row, recording: name }), rater, verdict, queue: "random", label: null, certainty: "sure" },
    ...{ blind: false, events: [], remark: "", seconds: 1, time: "2026-05-01T12:30:00.000Z" },
  });
  const verdicts = [
    ...[said("a.wav", "A", "murmur"), said("a.wav", "B", "murmur"), said("a.wav", "C", "normal")],
    ...[said("b, c.wav", "A", "normal"), said("d.wav", "A", "normal"), said("d.wav", "B", "murmur")],
  ];
  const path = join(home, "out", "labels.csv");
  expect(await writeLabels(path, manifest, verdicts)).toBe(2);
  const read = await loadDataset("csv", { folder: path, task: "labels" });
  expect(read.classes).toEqual(["normal", "murmur"]);
  expect(read.rows.map(({ subject, label }) => [subject, label])).toEqual([["a.wav", "murmur"], [
    "b, c.wav",
    "normal",
  ]]);
  await Deno.remove(home, { recursive: true });
});
