import { expect } from "expect";
import { loadDataset } from "../mod.ts";
import { withFolder } from "../fixtures/with_folder.ts";

const files = {
  "Atraining_normal/201101070538.wav": { seconds: 2 },
  "Atraining_extrahls/201101071835.wav": { seconds: 1 },
  "Aunlabelledtest/201012172010.wav": { seconds: 1 },
  "set_a_timing.csv":
    "fname,cycle,sound,location\nset_a/normal__201101070538.wav,1,S1,10021\nset_a/normal__201101070538.wav,1,S2,20759\n",
  "Training B Normal/103_1305031931979_B.wav": { seconds: 1 },
  "Btraining_normal/Btraining_noisynormal/103_1305031931979_D2.wav": { seconds: 1 },
  "Btraining_murmur/112_1306243000964_A.wav": { seconds: 1 },
  "set_b/extrastole__127_1306764300147_C2.wav": { seconds: 1 },
  "set_b/Bunlabelledtest__101_1305030823364_A.wav": { seconds: 1 },
};

Deno.test("pascal: set B has patients, in the layout of its makers and in that of its mirrors", async () => {
  await withFolder(files, async (folder) => {
    const { rows, passedOver } = await loadDataset("pascal", { folder, task: "set-b-3" });
    expect(rows.map(({ subject, label, attributes }) => [subject, label, attributes.quality])).toEqual([
      ["B-112", "murmur", "good"],
      ["B-103", "normal", "poor"],
      ["B-103", "normal", "good"],
      ["B-127", "extrastole", "good"],
    ]);
    expect(passedOver.map(({ reason }) => reason)).toEqual([
      "is in set A",
      "is in set A",
      "is of the unlabelled test part",
      "is of the unlabelled test part",
    ]);
  });
});

Deno.test("pascal: set A has no patients, but the times of first and second sounds at 44.1 kHz", async () => {
  await withFolder(files, async (folder) => {
    const { rows, events, warnings } = await loadDataset("pascal", { folder, task: "set-a-4" });
    expect(warnings?.[0]).toMatch(/no subject is known of the 2 recordings of set A/);
    expect(rows.map(({ subject, label }) => [subject, label])).toEqual([
      ["Atraining_extrahls/201101071835", "extrahls"],
      ["Atraining_normal/201101070538", "normal"],
    ]);
    expect(events.map(({ label }) => label)).toEqual(["S1", "S2"]);
    expect((events[0].start + events[0].end) / 2).toBeCloseTo(10021 / 44100, 9);
  });
});
