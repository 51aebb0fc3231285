import { expect } from "expect";
import { pathToFileURL } from "node:url";
import { subjectBootstrap, subjectFolds } from "./subjects.ts";
import { writeSection } from "./write_section.ts";

Deno.test("subjectFolds() keeps subjects together and folds even", () => {
  const subjects = Array.from({ length: 60 }, (_, i) => `s${i % 20}`);
  const folds = subjectFolds(subjects, { folds: 5, seed: 1 });
  for (let subject = 0; subject < 20; subject++) {
    expect(new Set([folds[subject], folds[subject + 20], folds[subject + 40]]).size).toBe(1);
  }
  for (let fold = 0; fold < 5; fold++) expect(folds.filter((f) => f === fold).length).toBe(12);
});

Deno.test("subjectBootstrap() has the width that the central limit gives the mean", () => {
  // 400 subjects of two equal items, half of them 1: standard error 0.5 / sqrt(400), 1.96 of them to each side.
  const subjects = Array.from({ length: 800 }, (_, i) => `s${i >> 1}`);
  const mean = (items: number[]) => items.reduce((sum, i) => sum + ((i >> 1) % 2), 0) / items.length;
  const { value, low, high } = subjectBootstrap(subjects, { statistic: mean, seed: 0 });
  expect(value).toBe(0.5);
  // 1,000 replicates: the quantiles have a standard error of 0.0014 or so.
  expect(Math.abs(high - low - 2 * 1.96 * 0.025)).toBeLessThan(0.01);
});

Deno.test("writeSection() changes nothing but its own section", async () => {
  const folder = await Deno.makeTempDir({ prefix: "a b#c%25 ü" });
  const path = pathToFileURL(`${folder}/page.md`);
  await Deno.writeTextFile(path, "# A\n\n<!-- a -->\n\nold\n\n<!-- /a -->\n\nend\n");
  await writeSection(path, { name: "a", text: "new" });
  expect(await Deno.readTextFile(path)).toBe("# A\n\n<!-- a -->\n\nnew\n\n<!-- /a -->\n\nend\n");
  await Deno.remove(folder, { recursive: true });
});
