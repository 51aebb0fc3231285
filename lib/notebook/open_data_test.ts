import { expect } from "expect";
import { join } from "node:path";
import { generateSynthetic } from "../datasets/mod.ts";
import { datasetOf, openData } from "./open_data.ts";

Deno.test("datasetOf() knows a dataset by its folder's name, with a number or without", () => {
  expect(datasetOf("../data/sprsound")).toBe("sprsound");
  expect(datasetOf("data/synthetic-7/")).toBe("synthetic");
  expect(datasetOf("/here/hls-cmds")).toBe("hls-cmds");
  expect(() => datasetOf("data/mine")).toThrow(
    /a folder with the name of its dataset \(synthetic, .* but found "mine"/,
  );
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
