import { expect } from "expect";
import { loadDataset } from "../mod.ts";
import { type TestFile, withFolder } from "../fixtures/with_folder.ts";

const files: Record<string, TestFile> = {
  "training-a/REFERENCE.csv": "a0001,1\na0002,-1\na0003,1\n",
  "training-a/a0001.wav": { seconds: 1 },
  "training-a/a0002.wav": { seconds: 2 },
  "training-b/REFERENCE.csv": "b0001,-1,1\nb0002,1,0\n",
  "training-b/b0001.wav": { seconds: 3 },
  "training-b/b0002.wav": { seconds: 3 },
  "training-b/b0003.wav": { seconds: 3 },
  "training-e/REFERENCE.csv": "e00001,0\ne00002,-1\n",
  "training-e/e00001.wav": { seconds: 1 },
  "training-e/e00002.wav": "no audio",
  "validation/a0001.wav": { seconds: 1 },
  "validation/REFERENCE.csv": "a0001,1\n",
  "annotations.csv": "record,database,original_record_name,diagnosis,class,subject_id\n" +
    "a0001,training-a,C45S1,MVP,1,\na0002,training-a,C45S3,MVP,-1,\nb0001,training-b,S98f2_data,Normal,-1,98.0\n",
};

Deno.test("cinc2016: subjects come from the annotation appendix where it names them", async () => {
  await withFolder(files, async (folder) => {
    const { rows } = await loadDataset("cinc2016", { folder, task: "normal-abnormal" });
    expect(rows.map(({ recording, subject, label, source, end }) => [recording, subject, label, source, end])).toEqual([
      ["training-a/a0001.wav", "a-C45", "abnormal", "training-a", 1],
      ["training-a/a0002.wav", "a-C45", "normal", "training-a", 2],
      ["training-b/b0001.wav", "b-98", "normal", "training-b", 3],
      ["training-b/b0002.wav", "b0002", "abnormal", "training-b", 3],
    ]);
    expect(rows.map(({ attributes }) => attributes)).toEqual([{}, {}, { quality: "good" }, { quality: "poor" }]);
  });
});

Deno.test("cinc2016: a record that stands there twice counts once, and none with two labels", async () => {
  const lines = { "training-a/REFERENCE.csv": "a0001,1\na0002,-1\na0001,1\na0002,1\n" };
  await withFolder({ ...files, ...lines }, async (folder) => {
    const { rows, passedOver } = await loadDataset("cinc2016", { folder, task: "normal-abnormal" });
    expect(rows.map(({ recording }) => recording).filter((path) => path.startsWith("training-a"))).toEqual([
      "training-a/a0001.wav",
    ]);
    const reasons = passedOver.filter(({ path }) => /a000[12]\.wav/.test(path)).map(({ reason }) => reason);
    expect(reasons).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/"abnormal" stands there 2 times/),
        expect.stringMatching(/labelled "normal" and "abnormal"/),
      ]),
    );
  });
});

Deno.test("cinc2016: the copies in the validation folder are a part of their own, of the same subjects", async () => {
  await withFolder(files, async (folder) => {
    const load = (parts?: string[]) => loadDataset("cinc2016", { folder, task: "normal-abnormal", parts });
    expect((await load()).rows.filter(({ recording }) => recording.startsWith("validation/"))).toEqual([]);
    expect((await load(["validation-copies"])).rows).toMatchObject([
      { recording: "validation/a0001.wav", subject: "a-C45", source: "training-a", part: "validation-copies" },
    ]);
  });
});

Deno.test("cinc2016: takes one of its folders alone, and recordings that lie beside the table itself", async () => {
  const own = (under: string) => ({ [`${under}REFERENCE.csv`]: "c0001,1\n", [`${under}c0001.wav`]: { seconds: 1 } });
  for (
    const [under, recording, part] of [["", "c0001.wav", "train"], [
      "validation/",
      "validation/c0001.wav",
      "validation-copies",
    ]]
  ) {
    await withFolder(own(under), async (folder) => {
      const { rows } = await loadDataset("cinc2016", { folder, task: "normal-abnormal" });
      expect(rows).toMatchObject([{ recording, label: "abnormal", source: "training-c", part }]);
    });
  }
});

Deno.test("cinc2016: names what it passed over", async () => {
  await withFolder(files, async (folder) => {
    const { passedOver } = await loadDataset("cinc2016", { folder, task: "normal-abnormal" });
    expect(passedOver.map(({ path, reason }) => [path, reason.replace(/:.*/, "")])).toEqual([
      ["training-a/a0003", "there is no .wav or .flac of this name"],
      ["training-b/b0003.wav", "has no label in a REFERENCE.csv of its folder"],
      ["training-e/e00001.wav", 'the label "0" is neither 1 nor -1'],
      ["training-e/e00002.wav", "can't be read"],
    ]);
  });
});

Deno.test("cinc2016: reads the official appendix and the updated quality, in the challenge's own places", async () => {
  const official = {
    ...files,
    "annotations.csv": "",
    "annotations/Online_Appendix_training_set.csv":
      "Challenge record name,Database,Original record name,Class (-1=normal 1=abnormal),Age (year),Gender,Subject ID\n" +
      "a0001,training-a,C45S1,1,34,Female,\nb0001,training-b,S98f2_data,-1,NaN,M,98\n",
    "annotations/updated/training-a/REFERENCE_withSQI.csv": "a0001,1,0\na0002,-1,1\n",
  };
  await withFolder(official, async (folder) => {
    const { rows } = await loadDataset("cinc2016", { folder, task: "normal-abnormal" });
    expect(rows.slice(0, 3).map(({ subject, attributes }) => [subject, attributes])).toEqual([
      ["a-C45", { age: 34, sex: "female", quality: "poor" }],
      ["a0002", { quality: "good" }],
      ["b-98", { sex: "male", quality: "good" }],
    ]);
  });
});

Deno.test("cinc2016: an appendix that can't be read is named, and stops nothing", async () => {
  await withFolder({ ...files, "annotations.csv": 'record,"a\nb' }, async (folder) => {
    const { rows, passedOver } = await loadDataset("cinc2016", { folder, task: "normal-abnormal" });
    expect(rows.length).toBe(4);
    expect(passedOver[0].path).toBe("annotations.csv");
    expect(passedOver[0].reason).toMatch(/^can't be read, so subjects aren't known/);
  });
});

Deno.test("cinc2016: labels and the third column of quality in other spellings; a word is no label, whatever it is", async () => {
  const odd: Record<string, TestFile> = {
    "training-b/REFERENCE.csv":
      "record,label,quality\nb0001,-1.0,1.0\nb0002,+1,\nb0003,constructor,1\nb0004,1,2\nb0005,,1\n",
    "annotations/updated/training-b/REFERENCE_withSQI.csv": "b0001,-1,0\nb0002,1,0\n",
    "annotations.csv": "record,age,sex\nb0001,-3,F\nb0002,61,M\n",
    ...Object.fromEntries([1, 2, 3, 4, 5].map((i) => [`training-b/b000${i}.wav`, { seconds: i }])),
  };
  await withFolder(odd, async (folder) => {
    const { rows, passedOver, warnings } = await loadDataset("cinc2016", { folder, task: "normal-abnormal" });
    expect(rows.map(({ label, attributes }) => [label, attributes])).toEqual([
      ["normal", { sex: "female", quality: "good" }],
      ["abnormal", { age: 61, sex: "male", quality: "poor" }],
      ["abnormal", {}],
    ]);
    expect(passedOver.map(({ path }) => path)).toEqual(["training-b/b0003.wav", "training-b/b0005.wav"]);
    expect(warnings).toEqual([expect.stringContaining("the age -3 of training-b/b0001.wav")]);
  });
});
