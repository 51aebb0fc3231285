import { expect } from "expect";
import { loadDataset } from "../mod.ts";
import { withFolder } from "../fixtures/with_folder.ts";

const files = {
  "HS.csv":
    "Gender,Heart Sound Type,Location,Heart Sound ID\nF,Normal,RUSB,F_N_RUSB\nM,Mid Systolic Murmur,Apex,M_MSM_A\nM,S3,LLSB,M_S3_LLSB\n",
  "LS.csv":
    "Gender,Lung Sound Type,Location,Lung Sound ID\nM,Fine Crackles,LUA,M_C_LUA\nF,Coarse Crackles,LMA,F_G_LMA\nM,Wheezing,LMA, M_W_LMA\n",
  "HS/F_N_RUSB.wav": { seconds: 1 },
  "HS/M_MSM_A.wav": { seconds: 1 },
  "LS/M_FC_LUA.wav": { seconds: 1 },
  "LS/F_CC_LMA.wav": { seconds: 1 },
  "LS/M_W_LMA.wav": { seconds: 1 },
  "LS/F_N_LMA.wav": { seconds: 1 },
  "Mix/M1.wav": { seconds: 1 },
};

Deno.test("hls-cmds: finds the files whose ids are written otherwise in LS.csv", async () => {
  await withFolder(files, async (folder) => {
    const { rows, passedOver } = await loadDataset("hls-cmds", { folder, task: "lung-6" });
    expect(rows.map(({ subject, label, source }) => [subject, label, source])).toEqual([
      ["LS/F_CC_LMA", "Coarse Crackles", "LMA"],
      ["LS/M_FC_LUA", "Fine Crackles", "LUA"],
      ["LS/M_W_LMA", "Wheezing", "LMA"],
    ]);
    expect(passedOver.map(({ path, reason }) => [path, reason])).toEqual([
      ["HS/F_N_RUSB.wav", "is a recording of the other organ"],
      ["HS/M_MSM_A.wav", "is a recording of the other organ"],
      ["LS/F_N_LMA.wav", "is not named in LS.csv"],
      ["Mix/M1.wav", "is a mixture of a heart and a lung sound: it has no single label"],
    ]);
  });
});

Deno.test("hls-cmds: takes recordings that lie beside the table, or a folder deeper than the archive has them", async () => {
  for (const under of ["", "HS/HS/"]) {
    await withFolder({ "HS.csv": files["HS.csv"], [`${under}M_MSM_A.wav`]: { seconds: 1 } }, async (folder) => {
      const { rows } = await loadDataset("hls-cmds", { folder, task: "murmur-2" });
      expect(rows.map(({ recording, label }) => [recording, label])).toEqual([[`${under}M_MSM_A.wav`, "murmur"]]);
    });
  }
});

Deno.test("hls-cmds: every systolic or diastolic murmur is a murmur, S3 is not", async () => {
  await withFolder(files, async (folder) => {
    const { rows, passedOver } = await loadDataset("hls-cmds", { folder, task: "murmur-2" });
    expect(rows.map(({ label }) => label)).toEqual(["other", "murmur"]);
    expect(passedOver[0]).toEqual({ path: "HS/M_S3_LLSB", reason: "there is no .wav or .flac of this name" });
  });
});
