import { expect } from "expect";
import { loadDataset } from "../mod.ts";
import { type TestFile, withFolder } from "../fixtures/with_folder.ts";

const below = "ICBHI_final_database";
const files: Record<string, TestFile> = {
  "ICBHI_challenge_train_test.txt":
    "101_1b1_Al_sc_Meditron\ttest\n102_1b1_Ar_sc_AKGC417L\ttrain\n103_2b2_Ar_mc_LittC2SE\ttrain\n",
  "ICBHI_Challenge_diagnosis.txt": "101\tURTI\n102\tCOPD\n103\tAsthma\n",
  "ICBHI_Challenge_demographic_information.txt": "101 3 F NA 19 99\n102 0.75 F NA 9.8 73\n103 NA NA NA NA NA\n",
  [`${below}/101_1b1_Al_sc_Meditron.wav`]: { seconds: 3 },
  [`${below}/101_1b1_Al_sc_Meditron.txt`]: "0.036\t1.5\t0\t0\r\n1.5\t2.9\t1\t0\r\n",
  [`${below}/102_1b1_Ar_sc_AKGC417L.wav`]: { seconds: 2 },
  [`${below}/102_1b1_Ar_sc_AKGC417L.txt`]: "0\t1\t0\t1\n1\t2\t1\t1\n",
  [`${below}/103_2b2_Ar_mc_LittC2SE.wav`]: { seconds: 2 },
  [`${below}/103_2b2_Ar_mc_LittC2SE.txt`]: "0\t1.9\t0\t0\n",
  [`${below}/104_1b1_Ar_sc_Litt3200.wav`]: { seconds: 2 },
  [`${below}/104_1b1_Ar_sc_Litt3200.txt`]: "0\t1\t0\t0\n",
};

Deno.test("icbhi: each breath is a row of the official part, with the patient and the device", async () => {
  await withFolder(files, async (folder) => {
    const { rows, passedOver } = await loadDataset("icbhi", { folder, task: "cycles-4", parts: ["train", "test"] });
    expect(rows.map(({ subject, start, end, label, source, part }) => [subject, start, end, label, source, part]))
      .toEqual([
        ["101", 0.036, 1.5, "Normal", "Meditron", "test"],
        ["101", 1.5, 2.9, "Crackle", "Meditron", "test"],
        ["102", 0, 1, "Wheeze", "AKGC417L", "train"],
        ["102", 1, 2, "Both", "AKGC417L", "train"],
        ["103", 0, 1.9, "Normal", "LittC2SE", "train"],
      ]);
    expect(rows[0].attributes).toEqual({ age: 3, sex: "female", site: "Al", mode: "sc", device: "Meditron" });
    expect(rows[4].attributes).toEqual({ site: "Ar", mode: "mc", device: "LittC2SE" });
    expect(passedOver).toEqual([
      { path: `${below}/104_1b1_Ar_sc_Litt3200.wav`, reason: "isn't in the list of the official split" },
    ]);
  });
});

Deno.test("icbhi: a recording is a row of the diagnosis tasks; two breaths of four are abnormal in cycles-2", async () => {
  await withFolder(files, async (folder) => {
    const parts = ["train", "test"];
    const three = await loadDataset("icbhi", { folder, task: "diagnosis-3", parts });
    expect(three.rows.map(({ label, end }) => [label, end])).toEqual([["Acute", 3], ["Chronic", 2], ["Chronic", 2]]);
    const six = await loadDataset("icbhi", { folder, task: "diagnosis-6", parts });
    expect(six.rows.map(({ label }) => label)).toEqual(["URTI", "COPD"]);
    expect(six.passedOver.map(({ reason }) => reason)).toContain("the diagnosis Asthma is none of the task's");
    const two = await loadDataset("icbhi", { folder, task: "cycles-2" });
    expect(two.rows.map(({ label }) => label)).toEqual(["Abnormal", "Abnormal", "Normal"]);
  });
});

Deno.test("icbhi: a line that isn't a breath with two flags of 0 or 1 becomes no row, and is named", async () => {
  const bad = [
    "0\t1",
    "0\t1\tcrackle",
    "0\t1\t2\t0",
    "0\t1\t0\t-1",
    "0\t1\t0.5\t0",
    "1\t0\t0\t0",
    "-1\t1\t0\t0",
    "0 Infinity 0 0",
  ];
  const annotation = `${below}/102_1b1_Ar_sc_AKGC417L.txt`;
  await withFolder({ ...files, [annotation]: `${bad.join("\n")}\n0.5\t1.5\t1\t0\n` }, async (folder) => {
    const { rows, passedOver } = await loadDataset("icbhi", { folder, task: "cycles-2" });
    expect(rows.filter(({ subject }) => subject === "102").map(({ start, end, label }) => [start, end, label]))
      .toEqual([[0.5, 1.5, "Abnormal"]]);
    const named = passedOver.filter(({ path }) => path === annotation).map(({ reason }) =>
      reason.match(/line (\d)/)?.[1]
    );
    expect(named).toEqual(["1", "2", "3", "4", "5", "6", "7", "8"]);
  });
});
