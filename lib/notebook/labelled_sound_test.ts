import { expect } from "expect";
import { generateSynthetic, loadDataset } from "../datasets/mod.ts";
import { eventsWithin, labelledSound } from "./labelled_sound.ts";

Deno.test("eventsWithin() counts from the beginning of the segment, and takes what reaches into it", () => {
  const events = [[0, 1], [1, 2.5], [3, 4], [4.5, 6], [6, 7]].map(([start, end]) => ({
    recording: "a.wav",
    label: "S1",
    start,
    end,
  }));
  const other = { recording: "b.wav", label: "S2", start: 2, end: 3 };
  expect(eventsWithin({ recording: "a.wav", start: 2, end: 5 }, [...events, other])).toEqual([
    { label: "S1", start: 0, end: 0.5 },
    { label: "S1", start: 1, end: 2 },
    { label: "S1", start: 2.5, end: 3 },
  ]);
});

Deno.test("labelledSound() reads the samples of its row alone", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await generateSynthetic(folder, { kind: "heart", subjects: 2 });
    const manifest = await loadDataset("synthetic", { folder, task: "murmur-2" });
    const row = { ...manifest.rows[0], start: 0.5, end: 1.75 };
    const { samples, sampleRate, title } = await labelledSound(row, manifest);
    expect(samples.length).toBe(1.25 * sampleRate);
    expect(title).toBe(`${row.label}: ${row.recording}`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
