import { expect } from "expect";
import { loadDataset } from "../mod.ts";
import { withFolder } from "../fixtures/with_folder.ts";

const files = {
  "Clean Heartsound Data Details.csv":
    "fileName;gender;age(days);diagnosis\nZCH0001.wav;M;2310;NORMAL\nZCH0002.wav;F;20;ASD\n",
  "Noise Heartsound Data Details.csv":
    "fileName;gender;age(days);diagnosis\nZCH1163.wav;M;2;VSD\nZCH1164.wav;M;2;TOF\n",
  "clean Heartsound Data/ZCH0001.wav": { seconds: 2 },
  "clean Heartsound Data/ZCH0002.wav": { seconds: 2 },
  "Noise Heartsound Data Details/ZCH1163.wav": { seconds: 1 },
  "Noise Heartsound Data Details/ZCH1164.wav": { seconds: 1 },
};

Deno.test("zchsound: reads both semicolon tables; ages become years", async () => {
  await withFolder(files, async (folder) => {
    const { rows, passedOver } = await loadDataset("zchsound", { folder, task: "diagnosis-5" });
    expect(rows.map(({ label, source, attributes }) => [label, source, attributes])).toEqual([
      ["VSD", "noisy", { age: 0.005, sex: "male", quality: "poor" }],
      ["normal", "clean", { age: 6.324, sex: "male", quality: "good" }],
      ["ASD", "clean", { age: 0.055, sex: "female", quality: "good" }],
    ]);
    expect(passedOver.map(({ reason }) => reason)).toEqual(['the diagnosis "TOF" is none of the task\'s']);
  });
});
