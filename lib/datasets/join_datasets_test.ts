import { expect } from "expect";
import { type TestFile, withFolder } from "./fixtures/with_folder.ts";
import { datasetInfo, datasetRights, type JoinedDataset, loadDataset } from "./mod.ts";

const files: Record<string, TestFile> = {
  "cinc2016/training-a/REFERENCE.csv": "a0001,1\na0002,-1\n",
  "cinc2016/training-a/a0001.wav": { seconds: 2, seed: 1 },
  "cinc2016/training-a/a0002.wav": { seconds: 2, seed: 2 },
  "elsewhere/training_data.csv": "Patient ID,Murmur,Outcome,Campaign\n" +
    "11,Present,Abnormal,CC2014\n12,Absent,Normal,CC2015\n13,Unknown,Normal,CC2015\n",
  "elsewhere/training_data/11_AV.wav": { seconds: 2, seed: 3 },
  "elsewhere/training_data/11_AV.tsv": "0\t0.5\t0\n0.5\t0.6\t1\n",
  "elsewhere/training_data/12_TV.wav": { seconds: 3, seed: 4 },
  "elsewhere/training_data/13_TV.wav": { seconds: 3, seed: 5 },
};
const cinc: JoinedDataset = { name: "cinc2016", task: "normal-abnormal", databases: true };
const circor: JoinedDataset = {
  name: "circor",
  task: "murmur-3",
  folder: "elsewhere",
  databases: true,
  labels: { Present: "abnormal", Absent: "normal", Unknown: null },
};
const load = (folder: string, join: JoinedDataset[]) => loadDataset("joint", { folder, task: "healthy or not", join });

Deno.test("several datasets become one: joint labels, subjects and sources below their names, all that lies beside them", async () => {
  await withFolder(files, async (folder) => {
    const manifest = await load(folder, [cinc, circor]);
    expect(manifest).toMatchObject({
      dataset: "joint",
      task: "healthy or not",
      folder,
      classes: ["normal", "abnormal"],
    });
    expect(manifest.rows.map(({ recording, subject, label, source, end }) => [recording, subject, label, source, end]))
      .toEqual([
        ["cinc2016/training-a/a0001.wav", "cinc2016/a0001", "abnormal", "cinc2016/training-a", 2],
        ["cinc2016/training-a/a0002.wav", "cinc2016/a0002", "normal", "cinc2016/training-a", 2],
        ["elsewhere/training_data/11_AV.wav", "circor/11", "abnormal", "circor/CC2014", 2],
        ["elsewhere/training_data/12_TV.wav", "circor/12", "normal", "circor/CC2015", 3],
      ]);
    expect(manifest.passedOver).toContainEqual({
      path: "elsewhere/training_data/13_TV.wav",
      reason: "the joint question leaves out Unknown",
    });
    expect(manifest.events).toContainEqual({
      recording: "elsewhere/training_data/11_AV.wav",
      start: 0.5,
      end: 0.6,
      label: "S1",
    });
  });
});

Deno.test("a dataset that is one place is one source, wherever it lies and whatever it is called", async () => {
  await withFolder(files, async (folder) => {
    const child = { ...circor, folder: `${folder}/elsewhere`, as: "children", databases: false };
    const { rows } = await load(`${folder}/cinc2016`, [{ ...cinc, folder: "." }, child]);
    expect(rows.map(({ recording, source }) => [recording, source])).toEqual([
      ["training-a/a0001.wav", "cinc2016/training-a"],
      ["training-a/a0002.wav", "cinc2016/training-a"],
      ["../elsewhere/training_data/11_AV.wav", "children"],
      ["../elsewhere/training_data/12_TV.wav", "children"],
    ]);
  });
});

Deno.test("the first class is a healthy one, in whatever order labels are said, and where the first dataset has none", async () => {
  await withFolder(files, async (folder) => {
    const labels = { Unknown: "abnormal", Present: "abnormal", Absent: "normal" };
    const { classes } = await load(folder, [{ ...circor, labels }, cinc]);
    expect(classes).toEqual(["normal", "abnormal"]);
    const named = { Present: "murmur", Unknown: null, Absent: "none heard" };
    expect((await load(folder, [{ ...circor, labels: named }])).classes).toEqual(["none heard", "murmur"]);
    const sick = { ...circor, labels: { Present: "abnormal", Absent: null, Unknown: null } };
    expect((await load(folder, [sick, cinc])).classes).toEqual(["normal", "abnormal"]);
  });
});

Deno.test("joining refuses labels that nothing is said of, or that there aren't, and two datasets of one name", async () => {
  await withFolder(files, async (folder) => {
    const labels = { Present: "abnormal", Absnt: "normal" };
    await expect(load(folder, [cinc, { ...circor, labels }])).rejects.toThrow(
      /nothing of Absent, Unknown and Absnt, which it hasn't/,
    );
    await expect(load(folder, [cinc, cinc])).rejects.toThrow(/"cinc2016" twice.*`as`/s);
    await expect(load(folder, [])).rejects.toThrow(/datasets to be asked as one but found none/);
    await expect(load(folder, [{ ...cinc, folder: "nowhere" }])).rejects.toThrow(/no such folder.*nowhere/s);
    const another = loadDataset("cinc2016", { folder: `${folder}/cinc2016`, task: cinc.task, join: [cinc] });
    await expect(another).rejects.toThrow(/"joint" where several are joined but found "cinc2016" in dataset\.join/);
  });
});

Deno.test("a class that only one of the datasets has is told, as a mistyped meaning gives one", async () => {
  await withFolder(files, async (folder) => {
    const labels = { Present: "abnormal", Absent: "nromal", Unknown: null };
    const { classes, warnings } = await load(folder, [cinc, { ...circor, labels }]);
    expect(classes).toHaveLength(3);
    expect(warnings!.filter((one) => one.includes("nromal of"))).toEqual([expect.stringMatching(/^only circor has/)]);
    const { warnings: none } = await load(folder, [cinc, circor]);
    expect(none!.filter((one) => one.includes("has the class"))).toEqual([]);
  });
});

Deno.test("datasetRights() names each licence once and every citation", () => {
  const { licence, citation } = datasetRights({ name: "joint", join: [cinc, circor, { name: "kauh" }] });
  expect(licence).toBe("ODC-By 1.0; CC BY 4.0");
  for (const name of ["cinc2016", "circor", "kauh"]) expect(citation).toContain(datasetInfo(name).citation);
});
