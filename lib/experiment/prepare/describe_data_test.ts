import { expect } from "expect";
import type { ManifestRow } from "../../datasets/mod.ts";
import { describeData } from "./describe_data.ts";

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
