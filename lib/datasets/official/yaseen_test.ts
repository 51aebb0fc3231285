import { expect } from "expect";
import { loadDataset } from "../mod.ts";
import { withFolder } from "../fixtures/with_folder.ts";

const files = {
  "AS_New/New_AS_001.wav": { seconds: 2 },
  "MVP_New/New_MVP_001.wav": { seconds: 2 },
  "N_New/New_N_001.wav": { seconds: 1 },
  "other/x.wav": { seconds: 1 },
};

Deno.test("yaseen: the folder is the class and each recording its own subject", async () => {
  await withFolder(files, async (folder) => {
    const { rows, passedOver, warnings } = await loadDataset("yaseen", { folder, task: "disease-5" });
    expect(warnings?.[0]).toMatch(/no subject is known/);
    expect(rows.map(({ subject, label, end }) => [subject, label, end])).toEqual([
      ["AS_New/New_AS_001", "AS", 2],
      ["MVP_New/New_MVP_001", "MVP", 2],
      ["N_New/New_N_001", "normal", 1],
    ]);
    expect(passedOver.map(({ path }) => path)).toEqual(["other/x.wav"]);
    const binary = await loadDataset("yaseen", { folder, task: "normal-abnormal" });
    expect(binary.rows.map(({ label }) => label)).toEqual(["abnormal", "abnormal", "normal"]);
  });
});
