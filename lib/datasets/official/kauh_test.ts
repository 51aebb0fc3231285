import { expect } from "expect";
import { loadDataset } from "../mod.ts";
import { withFolder } from "../fixtures/with_folder.ts";

const files = {
  "Audio Files/BP1_Asthma,E W,P L R,72,F.wav": { seconds: 1, seed: 1 },
  "Audio Files/DP1_asthma,E W,P L R ,72,F.wav": { seconds: 1, seed: 2 },
  "Audio Files/BP2_Heart Failure + COPD,I C E W,P L R,65,M.wav": { seconds: 2, seed: 3 },
  "Audio Files/EP3_Plueral Effusion,Bronchial,P,40,M.wav": { seconds: 1, seed: 4 },
  "Audio Files/BP100_N,N,P R M,70,F.wav": { seconds: 1, seed: 5 },
  "Audio Files/BP101_asthma,E W,P R M,70,F.wav": { seconds: 1, seed: 5 },
  "Audio Files/EP101_asthma,E W,P R M,70,F.wav": { seconds: 1, seed: 6 },
  "Audio Files/notes.wav": { seconds: 1 },
};

Deno.test("kauh: the name of a file gives diagnosis, sound, site, age and sex, whatever its spelling", async () => {
  await withFolder(files, async (folder) => {
    const { rows } = await loadDataset("kauh", { folder, task: "diagnosis-8" });
    expect(rows.map(({ subject, label, source, attributes }) => [subject, label, source, attributes])).toEqual([
      ["1", "asthma", "bell", { age: 72, sex: "female", site: "PLR" }],
      ["1", "asthma", "diaphragm", { age: 72, sex: "female", site: "PLR" }],
      ["100", "asthma", "extended", { age: 70, sex: "female", site: "PRM" }],
      ["3", "pleural effusion", "extended", { age: 40, sex: "male", site: "P" }],
    ]);
    const sounds = await loadDataset("kauh", { folder, task: "sounds-4" });
    expect(sounds.rows.map(({ label }) => label)).toEqual(["wheeze", "both", "wheeze", "wheeze"]);
  });
});

Deno.test("kauh: two files of the same bytes under two labels are both passed over, as is what has no such label", async () => {
  await withFolder(files, async (folder) => {
    const { passedOver } = await loadDataset("kauh", { folder, task: "diagnosis-4" });
    expect(passedOver.map(({ path, reason }) => [path.slice(12, 17), reason])).toEqual([
      ["BP100", "is the same file as BP101 under another label"],
      ["BP101", "is the same file as BP100 under another label"],
      ["BP2_H", 'the label "Heart Failure + COPD" is none of the task\'s'],
      ["EP3_P", 'the label "Plueral Effusion" is none of the task\'s'],
      ["notes", "isn't named {BP,DP,EP}n_diagnosis,sound,site,age,sex"],
    ]);
  });
});
