import { expect } from "expect";
import { loadDataset } from "../mod.ts";
import { type TestFile, withFolder } from "../fixtures/with_folder.ts";

const header = "Patient ID,Age,Sex,Height,Weight,Murmur,Murmur locations,Outcome,Campaign,Additional ID\n";
const files: Record<string, TestFile> = {
  "training_data.csv": header +
    "11,Child,Female,98.0,nan,Present,AV+MV,Abnormal,CC2014,nan\n" +
    "12,Infant,Male,nan,5.1,Absent,nan,Normal,CC2015,13\n" +
    "14,Child,Male,nan,nan,Unknown,nan,Normal,CC2015,12\n",
  "training_data/11_AV.wav": { seconds: 2 },
  "training_data/11_PV_1.wav": { seconds: 2 },
  "training_data/11_PV_1.tsv": "0\t0.5\t0\n0.5\t0.6\t1\n0.6\t0.8\t2\n0.8\t0.9\t3\n",
  "training_data/12_TV.wav": { seconds: 3 },
  "training_data/13_MV.wav": { seconds: 1 },
  "training_data/13.txt":
    "13 1 4000\nMV 13_MV.hea 13_MV.wav 13_MV.tsv\n#Age: Neonate\n#Sex: Male\n#Murmur: Absent\n#Outcome: Abnormal\n#Campaign: CC2015\n#Additional ID: 12\n",
  "training_data/14_AV.wav": { seconds: 1 },
  "training_data/15_AV.wav": { seconds: 1 },
};

Deno.test("circor: patients joined through Additional ID are one subject of several visits", async () => {
  await withFolder(files, async (folder) => {
    const { rows, passedOver } = await loadDataset("circor", { folder, task: "murmur-3" });
    expect(rows.map(({ recording, subject, visit, label }) => [recording.slice(14, -4), subject, visit, label]))
      .toEqual([
        ["11_AV", "11", undefined, "Present"],
        ["11_PV_1", "11", undefined, "Present"],
        ["12_TV", "12", "12", "Absent"],
        ["13_MV", "12", "13", "Absent"],
        ["14_AV", "12", "14", "Unknown"],
      ]);
    expect(rows[0].attributes).toEqual({ age: "Child", sex: "female", height: 98, site: "AV" });
    expect(passedOver.map(({ path }) => path)).toEqual(["training_data/15_AV.wav"]);
  });
});

Deno.test("circor: a murmur counts where it is heard in murmur-sites-3; outcome-2 asks the cardiologist", async () => {
  await withFolder(files, async (folder) => {
    const sites = await loadDataset("circor", { folder, task: "murmur-sites-3" });
    expect(sites.rows.map(({ label }) => label)).toEqual(["Present", "Absent", "Absent", "Absent", "Unknown"]);
    const outcome = await loadDataset("circor", { folder, task: "outcome-2" });
    expect(outcome.rows.map(({ label }) => label)).toEqual(["Abnormal", "Abnormal", "Normal", "Abnormal", "Normal"]);
  });
});

Deno.test("circor: first and second sounds come from the table beside the recording", async () => {
  await withFolder(files, async (folder) => {
    const { events } = await loadDataset("circor", { folder, task: "outcome-2" });
    const recording = "training_data/11_PV_1.wav";
    expect(events).toEqual([
      { recording, start: 0.5, end: 0.6, label: "S1" },
      { recording, start: 0.8, end: 0.9, label: "S2" },
    ]);
  });
});

Deno.test("circor: a murmur takes its part of the systoles at the sites where it is heard", async () => {
  const patients = "Patient ID,Murmur,Murmur locations,Outcome,Systolic murmur timing\n" +
    "21,Present,AV,Abnormal,Mid-systolic\n22,Absent,nan,Normal,nan\n";
  const tsv = "0\t0.5\t0\n0.5\t0.6\t1\n0.6\t0.8\t2\n0.8\t0.9\t3\n0.9\t1.3\t4\n";
  const sites = ["21_AV", "21_MV", "22_AV"].map((name) => `training_data/${name}`);
  const recordings = Object.fromEntries(
    sites.flatMap((name) => [[`${name}.wav`, { seconds: 2 }], [`${name}.tsv`, tsv]]),
  );
  await withFolder({ "training_data.csv": patients, ...recordings }, async (folder) => {
    const { states } = await loadDataset("circor", { folder, task: "murmur-3" });
    const of = (site: number) => states!.filter(({ recording }) => recording === `${sites[site]}.wav`);
    const cycle = [["S1", 0.5, 0.6], ["systole", 0.6, 0.8], ["S2", 0.8, 0.9], ["diastole", 0.9, 1.3]];
    for (const quiet of [1, 2]) expect(of(quiet).map(({ label, start, end }) => [label, start, end])).toEqual(cycle);
    const [murmur] = of(0).filter(({ label }) => label === "murmur");
    expect(murmur.start).toBeCloseTo(0.65, 9);
    expect(murmur.end).toBeCloseTo(0.75, 9);
    expect(of(0).length).toBe(5);
  });
});

Deno.test("circor: numbers that a data frame made 12.0, and missing ones in any spelling, join the same patients", async () => {
  const floats = header +
    "11.0,Child,Female,98.0,NaN, Present,AV+MV,Abnormal,CC2014,\n12.0,Infant,Male,NA,5.1,Absent,nan,Normal,CC2015,13.0\n" +
    "14.0,Child,Male,nan,nan,Unknown,NaN,Normal,CC2015,12.\n";
  await withFolder({ ...files, "training_data.csv": floats }, async (folder) => {
    const { rows } = await loadDataset("circor", { folder, task: "murmur-3" });
    expect(rows.map(({ subject, label }) => [subject, label])).toEqual([
      ["11", "Present"],
      ["11", "Present"],
      ["12", "Absent"],
      ["12", "Absent"],
      ["12", "Unknown"],
    ]);
    expect(rows[0].attributes).toEqual({ age: "Child", sex: "female", height: 98, site: "AV" });
    expect(rows[2].attributes).toEqual({ age: "Infant", sex: "male", weight: 5.1, site: "TV" });
  });
});

Deno.test("circor: a table without the column that a task asks for is refused, and says which it has", async () => {
  const other = { ...files, "training_data.csv": "Patient ID,Age,Outcome\n11,Child,Abnormal\n" };
  await withFolder(other, async (folder) => {
    await expect(loadDataset("circor", { folder, task: "murmur-3" })).rejects
      .toThrow(/a column "Murmur" but found Patient ID, Age, Outcome in training_data\.csv/);
    expect((await loadDataset("circor", { folder, task: "outcome-2" })).rows.length).toBeGreaterThan(0);
  });
  await withFolder({ ...files, "training_data.csv": "Patient ID\tMurmur\n11\tAbsent\n" }, async (folder) => {
    await expect(loadDataset("circor", { folder, task: "murmur-3" })).rejects
      .toThrow(/one column, "Patient ID\tMurmur": is it divided by another character\?/);
  });
});
