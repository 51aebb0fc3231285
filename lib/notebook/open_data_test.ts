import { expect } from "expect";
import { basename, join } from "node:path";
import { generateSynthetic } from "../datasets/mod.ts";
import { datasetAt, openData } from "./open_data.ts";

Deno.test("datasetAt() knows a dataset by its folder's name, a table and a folder of classes by what they are", async () => {
  expect(await datasetAt("../data/sprsound")).toBe("sprsound");
  expect(await datasetAt("data/synthetic-7/")).toBe("synthetic");
  expect(await datasetAt("/here/hls-cmds")).toBe("hls-cmds");
  expect(await datasetAt("/elsewhere/Patienten 2026.xlsx")).toBe("csv");
  const folder = await Deno.makeTempDir();
  await Deno.mkdir(join(folder, "classes", "normal"), { recursive: true });
  expect(await datasetAt(join(folder, "classes"))).toBe("folders");
  await Deno.mkdir(join(folder, "mine"));
  await expect(datasetAt(join(folder, "mine"))).rejects.toThrow(/a table .* a folder of classes/);
  await Deno.writeTextFile(join(folder, "mine", "list.CSV"), "path,label\n");
  expect(await datasetAt(join(folder, "mine"))).toBe("csv");
  await Deno.remove(folder, { recursive: true });
});

Deno.test("openData() takes one's own table and folder of classes, with the experiment for them", async () => {
  const folder = await Deno.makeTempDir();
  const made = join(folder, "synthetic-3");
  await generateSynthetic(made, { kind: "heart", subjects: 4, recordings: 1, unusable: 0 });
  const { manifest: { rows, classes } } = await openData(made);
  const lines = rows.map(({ recording, subject, label }) => `synthetic-3/${recording},${subject},${label}`);
  await Deno.writeTextFile(join(folder, "mine.csv"), `path,patient,diagnosis\n${lines.join("\n")}\n`);
  const table = await openData(join(folder, "mine.csv"));
  expect(table.manifest.rows.map(({ subject, label }) => [subject, label]))
    .toEqual(rows.map(({ subject, label }) => [subject, label]));
  expect([table.experiment.dataset.name, table.assignments]).toEqual(["csv", ["budget=quick"]]);
  for (const { recording, label } of rows) {
    await Deno.mkdir(join(folder, "sorted", label), { recursive: true });
    await Deno.copyFile(join(made, recording), join(folder, "sorted", label, basename(recording)));
  }
  const sorted = await openData(join(folder, "sorted"));
  expect(sorted.manifest.classes).toEqual(classes);
  expect(sorted.assignments).toContain("dataset.name=folders");
  await Deno.remove(folder, { recursive: true });
});

Deno.test("openData() reads a dataset and finds the experiment that asks its question", async () => {
  const folder = await Deno.makeTempDir();
  const data = join(folder, "synthetic-3");
  await generateSynthetic(data, { kind: "heart", subjects: 4, recordings: 1, unusable: 0 });
  const { manifest, experiment, assignments } = await openData(data);
  expect(manifest.classes).toEqual(["healthy", "murmur"]);
  expect([experiment.name, assignments]).toEqual(["demo", []]);
  await expect(openData(join(folder, "sprsound"))).rejects.toThrow("sprsound");
  await Deno.remove(folder, { recursive: true });
});
