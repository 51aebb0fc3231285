import { expect } from "expect";
import { loadDataset } from "../mod.ts";
import { type TestFile, withFolder } from "../fixtures/with_folder.ts";

const json = (record: string, ...events: [number, number, string][]) =>
  JSON.stringify({
    record_annotation: record,
    event_annotation: events.map(([start, end, type]) => ({ start: `${start}`, end: `${end}`, type })),
  });

const train = "BioCAS2022/train2022";
const test = "BioCAS2022/test2022";
const files: Record<string, TestFile> = {
  [`${train}_wav/1_0.5_0_p1_10.wav`]: { seconds: 2 },
  [`${train}_json/1_0.5_0_p1_10.json`]: json("CAS", [100, 900, "Wheeze"], [1000, 1900, "Normal"]),
  [`${train}_wav/2_14.2_1_p3_11.wav`]: { seconds: 3 },
  [`${train}_json/2_14.2_1_p3_11.json`]: json("Poor Quality"),
  [`${train}_json/3_1.0_1_p3_12.json`]: json("Normal", [0, 500, "Normal"]),
  [`${train}_wav/4_1.0_1_p3_13.wav`]: { seconds: 1 },
};
const testPart: Record<string, TestFile> = {
  [`${test}_wav/5_1.0_1_p2_14.wav`]: { seconds: 1 },
  [`${test}_wav/1_0.5_0_p2_15.wav`]: { seconds: 1 },
  [`${test}_json/inter_test_json/5_1.0_1_p2_14.json`]: json("DAS", [0, 800, "Fine Crackle"]),
  [`${test}_json/intra_test_json/1_0.5_0_p2_15.json`]: json("Normal", [0, 800, "Normal"]),
};

Deno.test("sprsound: an event is a row, in seconds, with the patient and what the file name tells", async () => {
  await withFolder(files, async (folder) => {
    const { rows, classes, absentParts } = await loadDataset("sprsound", { folder, task: "events-7" });
    expect(classes).toEqual([
      "Normal",
      "Rhonchi",
      "Wheeze",
      "Stridor",
      "Coarse Crackle",
      "Fine Crackle",
      "Wheeze+Crackle",
    ]);
    expect(rows).toEqual([
      {
        ...{ recording: `${train}_wav/1_0.5_0_p1_10.wav`, subject: "1", start: 0.1, end: 0.9, label: "Wheeze" },
        ...{ source: "p1", part: "train", attributes: { age: 0.5, sex: "male", site: "p1" } },
      },
      expect.objectContaining({ start: 1, end: 1.9, label: "Normal" }),
    ]);
    expect(absentParts).toEqual(["inter", "intra", "test2023", "test2024", "test2025"]);
    const binary = await loadDataset("sprsound", { folder, task: "events-2" });
    expect(binary.rows.map(({ label }) => label)).toEqual(["Adventitious", "Normal"]);
  });
});

Deno.test("sprsound: a recording is a row of the record tasks, with its length from the header", async () => {
  await withFolder(files, async (folder) => {
    const three = await loadDataset("sprsound", { folder, task: "records-3" });
    expect(three.rows.map(({ label, end }) => [label, end])).toEqual([["Adventitious", 2], ["Poor Quality", 3]]);
    const five = await loadDataset("sprsound", { folder, task: "records-5" });
    expect(five.rows.map(({ label }) => label)).toEqual(["CAS", "Poor Quality"]);
  });
});

Deno.test("sprsound: names every file that it passed over", async () => {
  await withFolder({ ...files, "notes/x.json": "{}" }, async (folder) => {
    const { passedOver } = await loadDataset("sprsound", { folder, task: "events-7" });
    expect(passedOver).toEqual([
      { path: `${train}_json/3_1.0_1_p3_12.json`, reason: "there is no .wav or .flac of this name" },
      { path: `${train}_wav/2_14.2_1_p3_11.wav`, reason: "has no event" },
      { path: `${train}_wav/4_1.0_1_p3_13.wav`, reason: "there is no .json of this name" },
      { path: "notes/x.json", reason: "lies in a folder that is no part of SPRSound" },
    ]);
  });
});

Deno.test("sprsound: gives the training part unless a test part is asked for, and says what isn't there", async () => {
  await withFolder({ ...files, ...testPart }, async (folder) => {
    const all = await loadDataset("sprsound", { folder, task: "records-5" });
    expect(new Set(all.rows.map(({ part }) => part))).toEqual(new Set(["train"]));
    const inter = await loadDataset("sprsound", { folder, task: "records-5", parts: ["inter"] });
    expect(inter.rows.map(({ subject, label, part }) => [subject, label, part])).toEqual([["5", "DAS", "inter"]]);
    expect(inter.absentParts).toEqual(["test2023", "test2024", "test2025"]);
    await expect(loadDataset("sprsound", { folder, task: "events-2", parts: ["test2023"] })).rejects.toThrow(
      /the part test2023 of sprsound but found only train, inter, intra/,
    );
  });
  await withFolder(testPart, async (folder) => {
    const { rows } = await loadDataset("sprsound", { folder, task: "events-2" });
    expect(rows.map(({ part }) => part)).toEqual(["intra", "inter"]);
  });
});

Deno.test("sprsound: an annotation that can't be read and an unknown type stop nothing", async () => {
  const broken = {
    ...files,
    [`${train}_json/4_1.0_1_p3_13.json`]: json("Weird", [0, 500, "Squawk"], [500, 900, "Normal"]),
    [`${train}_json/2_14.2_1_p3_11.json`]: "{",
  };
  await withFolder(broken, async (folder) => {
    const { rows, passedOver } = await loadDataset("sprsound", { folder, task: "events-2" });
    expect(rows.length).toBe(3);
    expect(passedOver.map(({ reason }) => reason)).toEqual(expect.arrayContaining([
      'an event of type "Squawk" from 0 to 500 ms is none of the task\'s',
      expect.stringMatching(/^isn.t an annotation/),
    ]));
    const records = await loadDataset("sprsound", { folder, task: "records-5" });
    expect(records.passedOver.some(({ reason }) => reason === 'the label "Weird" is none of the task\'s')).toBe(true);
  });
});

Deno.test("sprsound: the releases of 2024 and 2025 label events alone, in parts of their own, some of nameless patients", async () => {
  const events = (start: unknown) => JSON.stringify({ event_annotation: [{ start, end: "1900", type: "Normal" }] });
  const later: Record<string, TestFile> = {
    ...files,
    "BioCAS2024/test2024_wav/7_5.3_0_p8_16.wav": { seconds: 2 },
    "BioCAS2024/test2024_json/7_5.3_0_p8_16.json": events("553"),
    "releases/BioCAS2025/test2025_wav/_5.3_0_p5_17.wav": { seconds: 2, seed: 2 },
    "releases/BioCAS2025/test2025_json/_5.3_0_p5_17.json": events(553),
    "releases/BioCAS2025/test2025_wav/_5.3_0_p5_18.wav": { seconds: 2, seed: 3 },
    "releases/BioCAS2025/test2025_json/_5.3_0_p5_18.json": events(""),
    "BioCAS2022/train2022_wav/8_1.0_1_p3_19.wav": { seconds: 2, seed: 4 },
    "BioCAS2022/train2022_json/8_1.0_1_p3_19.json": '{"recording_annotation":"DAS","event_annotation":[]}',
  };
  await withFolder(later, async (folder) => {
    const { rows, passedOver } = await loadDataset("sprsound", {
      ...{ folder, task: "events-2" },
      parts: ["test2024", "test2025"],
    });
    const nameless = "releases/BioCAS2025/test2025_wav/_5.3_0_p5_17";
    expect(rows.map(({ subject, part, start, end }) => [subject, part, start, end])).toEqual([
      ["7", "test2024", 0.553, 1.9],
      [nameless, "test2025", 0.553, 1.9],
    ]);
    expect(passedOver.map(({ path }) => path)).toContain("releases/BioCAS2025/test2025_json/_5.3_0_p5_18.json");
    const records = await loadDataset("sprsound", { folder, task: "records-5" });
    expect(records.rows.map(({ subject, label }) => [subject, label])).toContainEqual(["8", "DAS"]);
    expect(records.passedOver.map(({ path }) => path)).toContain("BioCAS2024/test2024_json/7_5.3_0_p8_16.json");
  });
});
