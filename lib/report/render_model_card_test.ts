import { expect } from "expect";
import { writeFixtureRun } from "./fixture_run.ts";
import { renderModelCard } from "./mod.ts";

async function card(options: Parameters<typeof writeFixtureRun>[1], before?: (folder: string) => Promise<void>) {
  const results = await Deno.makeTempDir();
  const run = await writeFixtureRun(results, { subjects: 12, examples: 0, ...options });
  await before?.(run.folder);
  // Its tables are padded.
  const text = (await Deno.readTextFile(await renderModelCard(run.folder))).replaceAll(/ +/g, " ");
  const metrics = JSON.parse(await run.readText("metrics.json"));
  await Deno.remove(results, { recursive: true });
  return { text, metrics };
}

Deno.test("renderModelCard() has the sections of Mitchell et al. 2019, in their order", async () => {
  const { text } = await card({});
  expect([...text.matchAll(/^## (.*)$/gm)].map(([, name]) => name).slice(0, 9)).toEqual([
    ...["Model details", "Intended use", "Factors", "Metrics", "Evaluation data", "Training data"],
    ...["Quantitative analyses", "Ethical considerations", "Caveats and recommendations"],
  ]);
});

Deno.test("renderModelCard() carries the scores of metrics.json with interval and floor, in the front matter too", async () => {
  const { text, metrics } = await card({});
  const { value, low, high, n, floor } = metrics.parts.test.pooled.item.accuracy;
  const cells = [value, `${low.toFixed(3)} to ${high.toFixed(3)}`, n, floor];
  expect(text).toContain(
    `| Accuracy | ${cells.map((cell, i) => i === 0 || i === 3 ? cell.toFixed(3) : cell).join(" | ")} |`,
  );
  const index = JSON.parse(text.match(/^model-index: (.*)$/m)![1]);
  expect(index[0].results[0].metrics.find((one: { type: string }) => one.type === "accuracy").value).toBe(value);
  expect(text).toMatch(/^license: "cc-by-4.0"$/m);
});

Deno.test("renderModelCard() tells a run that left out one source at a time by the mean over them, all together beside it", async () => {
  const { text, metrics } = await card({}, async (folder) => {
    const config = JSON.parse(await Deno.readTextFile(`${folder}/config.json`));
    config.experiment.evaluation.protocol = { kind: "leave-one-source-out" };
    await Deno.writeTextFile(`${folder}/config.json`, JSON.stringify(config));
  });
  const { pooled, sourceMean } = metrics.parts.test;
  expect(sourceMean.accuracy.value).not.toBe(pooled.item.accuracy.value);
  expect(text).toContain(`| Accuracy, mean over the sources | ${sourceMean.accuracy.value.toFixed(3)} |`);
  expect(text).toContain(`| Accuracy, all together | ${pooled.item.accuracy.value.toFixed(3)} |`);
  const index = JSON.parse(text.match(/^model-index: (.*)$/m)![1]);
  expect(index[0].results[0].metrics.find((one: { type: string }) => one.type === "accuracy").value).toBe(
    sourceMean.accuracy.value,
  );
});

Deno.test("renderModelCard() carries every group with its count, interval and difference", async () => {
  const { text, metrics } = await card({});
  const [first] = metrics.parts.test.groups;
  const { value, n } = first.scores["sprsound-1-2"];
  expect(text).toContain(`| ${first.attribute}: ${first.group} | ${value === null ? "–" : value.toFixed(3)} |`);
  expect(text).toContain(` | ${n} | ${first.subjects} | `);
  const index = JSON.parse(text.match(/^model-index: (.*)$/m)![1]);
  const configs = index[0].results.slice(1).map(({ dataset }: { dataset: { config: string } }) => dataset.config);
  expect(configs).toContain("sex: female");
  expect(text).toMatch(/Refusal: of \d+ test recordings/);
});

Deno.test("renderModelCard() keeps markup in names as text, and names no subject", async () => {
  const { text } = await card({ classes: ["Normal", "Wheeze|<b>x</b>"], suffix: "<i>" });
  expect(text).toContain("Wheeze\\|&lt;b&gt;x&lt;/b&gt;");
  const body = text.slice(text.indexOf("\n---\n"), text.indexOf("## Usage"));
  expect(body).not.toMatch(/<b>|<i>/);
  expect(body).not.toContain("4001<i>");
});

Deno.test("renderModelCard() says what it doesn't know", async () => {
  const { text } = await card({}, (folder) => Deno.remove(`${folder}/data.json`));
  expect(text).toContain("Unknown: data.json is missing.");
  expect(text).toContain('license: "other"');
});
