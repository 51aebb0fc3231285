import { expect } from "expect";
import { loadDataset } from "../mod.ts";
import { withFolder } from "../fixtures/with_folder.ts";

const files = {
  "train.csv": "patient_id,AS,AR,MR,MS,N,recording_1,recording_2\n" +
    "p1,0,1,0,0,0,AR_016_sit_Aor,AR_016_sup_Mit\np2,0,1,1,0,0,MD_017_sit_Aor,\np3,0,0,0,0,1,N_018_sit_Pul.wav,N_018_sup_Tri\n",
  "additional_metadata.csv": "patient_id,Age,Gender\np1,45,F\np3,30,M\n",
  "train/AR_016_sit_Aor.wav": { seconds: 2 },
  "train/AR_016_sup_Mit.wav": { seconds: 2 },
  "train/MD_017_sit_Aor.wav": { seconds: 1 },
  "train/N_018_sit_Pul.wav": { seconds: 1 },
  "train/AS_022_sit_Aor.wav": { seconds: 1 },
};

Deno.test("bmd-hs: several diseases at once are a class of their own, or a question each", async () => {
  await withFolder(files, async (folder) => {
    const six = await loadDataset("bmd-hs", { folder, task: "disease-6" });
    expect(six.rows.map(({ subject, label, source }) => [subject, label, source])).toEqual([
      ["016", "AR", "Aor"],
      ["016", "AR", "Mit"],
      ["017", "several", "Aor"],
      ["018", "normal", "Pul"],
    ]);
    expect(six.rows[0].attributes).toEqual({ age: 45, sex: "female", position: "sit", site: "Aor" });
    const regurgitation = await loadDataset("bmd-hs", { folder, task: "MR-2" });
    expect(regurgitation.rows.map(({ label }) => label)).toEqual(["no MR", "no MR", "MR", "no MR"]);
  });
});

Deno.test("bmd-hs: names the recording without a label and the label without a recording", async () => {
  await withFolder(files, async (folder) => {
    const { passedOver } = await loadDataset("bmd-hs", { folder, task: "normal-abnormal" });
    expect(passedOver).toEqual([
      { path: "N_018_sup_Tri", reason: "there is no .wav or .flac of this name" },
      { path: "train/AS_022_sit_Aor.wav", reason: "train.csv has no label for it" },
    ]);
  });
});
