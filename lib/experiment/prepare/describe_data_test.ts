import { expect } from "expect";
import type { ManifestRow } from "../../datasets/mod.ts";
import { groupsFile } from "../../runs/csv_files.ts";
import { describeData, recordingGroups } from "./describe_data.ts";

Deno.test("describeData() counts the subjects of each group by part and class", () => {
  const row = (subject: string, label: string, sex: string): ManifestRow => ({
    ...{ recording: `${subject}-${label}.wav`, subject, start: 0, end: 2, label, source: "", part: "train" },
    attributes: { sex },
  });
  const rows = [row("a", "Normal", "f"), row("a", "Wheeze", "f"), row("b", "Normal", "m"), row("c", "Wheeze", "f")];
  const manifest = {
    dataset: "x",
    task: "y",
    folder: ".",
    classes: ["Normal", "Wheeze"],
    rows,
    events: [],
    passedOver: [],
  };
  const { byGroup } = describeData(manifest, {
    ...{ title: "x", licence: "", citation: "", leakCheck: [], parts: { train: [0, 1, 2], test: [3] } },
    store: { windows: rows.map((_, item) => ({ item, start: 0, end: 1 })), passedOver: [] },
  });
  const seconds = { items: 3, recordings: 3, subjects: 2, seconds: 6 };
  expect(byGroup).toEqual([
    {
      ...{ attribute: "sex", group: "f", ...seconds },
      subjectsByPart: { train: 1, test: 1 },
      subjectsByClass: { Normal: 1, Wheeze: 2 },
    },
    {
      ...{ attribute: "sex", group: "m", items: 1, recordings: 1, subjects: 1, seconds: 2 },
      subjectsByPart: { train: 1, test: 0 },
      subjectsByClass: { Normal: 1, Wheeze: 0 },
    },
  ]);
});

const row = (recording: string, attributes: ManifestRow["attributes"]): ManifestRow => ({
  ...{ recording, subject: recording, start: 0, end: 1, label: "n", source: "", part: "train", attributes },
});

Deno.test("recordingGroups() makes bands of ages and leaves out what is unknown or says nothing", () => {
  const groups = recordingGroups([
    row("a.wav", { age: 0.5, sex: "female", device: "x" }),
    row("b.wav", { age: 2.99, sex: "male", device: "x" }),
    row("c.wav", { age: 70, device: "x", height: 170 }),
    row("d.wav", { age: "Child" }),
  ]);
  expect(Object.keys(groups)).toEqual(["age", "sex"]);
  expect([...groups.age.values()]).toEqual(["below 1 year", "1 to 2 years", "65 years and above", "Child"]);
  expect([...groups.sex.keys()]).toEqual(["a.wav", "b.wav"]);
  expect(groupsFile.format(groups)).not.toMatch(/0\.5|2\.99|70/);
});

Deno.test("groupsFile.parse() reads what groupsFile.format() wrote", () => {
  const groups = recordingGroups([
    row("a, b.wav", { sex: "female", site: "p1" }),
    row('"c".wav', { sex: "male" }),
    row("d.wav", { site: "p2" }),
  ]);
  expect(groupsFile.parse(groupsFile.format(groups), "groups.csv")).toEqual(groups);
  expect(groupsFile.parse(groupsFile.format({}), "groups.csv")).toEqual({});
});
