import { expect } from "expect";
import { compareRuns, evaluatePredictions } from "../../evaluation/mod.ts";
import { type Prediction } from "../../scores/mod.ts";
import type { Run } from "../../runs/mod.ts";
import { holm } from "../../statistics/mod.ts";
import { writeFixtureRun } from "../fixture_run.ts";
import { ablationResults, renderAblations } from "../mod.ts";

/** A run like the fixture that answers worse the more often, item by item. */
async function worse(folder: string, every: number): Promise<Run> {
  const run = await writeFixtureRun(folder);
  const { predictions, classes } = await run.predictions();
  const spoilt = predictions.map((one, i): Prediction => {
    const other = classes[(classes.indexOf(one.label) + 1) % classes.length];
    return i % every === 0 ? { ...one, predicted: other } : one;
  });
  await run.save("predictions", { predictions: spoilt, classes });
  return run;
}

Deno.test("ablationResults() pairs by subject, corrects by Holm, and puts the largest effect first", async () => {
  const folder = await Deno.makeTempDir();
  const base = { name: "base", changes: [], run: await writeFixtureRun(folder) };
  const others = [
    { name: "same", changes: ["a=1"], run: await writeFixtureRun(folder) },
    { name: "a <b>little</b>", changes: ["b=1"], run: await worse(folder, 40) },
    { name: "much", changes: ["c=1", "d=2"], run: await worse(folder, 3) },
  ];
  const { settings, score, apart, subjects } = await ablationResults(base, others);
  expect([score, subjects, apart]).toEqual(["sprsound-1-2", 45, []]);
  expect(settings.map(({ name }) => name)).toEqual(["much", "a <b>little</b>", "same"]);
  // The paired comparison of two runs says the same of each.
  const predictions = async (run: Run) => (await run.predictions()).predictions;
  const { classes } = await base.run.predictions();
  const [little, much] = await Promise.all(
    [others[1], others[2]].map(async ({ run }) =>
      compareRuns(await predictions(run), await predictions(base.run), { classes, scores: ["sprsound-1-2"] })
        .differences
        .find((one) => one.score === score)!
    ),
  );
  const [corrected] = [holm([little.p!, much.p!])];
  expect(settings[0].difference).toEqual({ ...much, pHolm: corrected[1] });
  expect(settings[1].difference).toEqual({ ...little, pHolm: corrected[0] });
  expect(settings[2].difference).toMatchObject({ difference: 0, p: null, pHolm: null });
  await Deno.remove(folder, { recursive: true });
});

Deno.test("ablationResults() holds nothing against the base that saw other data, folds or items, and says which", async () => {
  const folder = await Deno.makeTempDir();
  const base = { name: "base", changes: [], run: await writeFixtureRun(folder) };
  const [data, folds, items] = [
    await writeFixtureRun(folder),
    await writeFixtureRun(folder),
    await writeFixtureRun(folder),
  ];
  await data.save("data", { ...await data.data(), fingerprint: "0".repeat(64) });
  const splits = await folds.splits();
  splits.folds[0].test.pop();
  await folds.save("splits", splits);
  const { predictions, classes } = await items.predictions();
  await items.save("predictions", { predictions: predictions.slice(2), classes });
  const { settings, apart } = await ablationResults(base, [
    { name: "data", changes: [], run: data },
    { name: "folds", changes: [], run: folds },
    { name: "items", changes: [], run: items },
  ]);
  expect(settings).toEqual([]);
  expect(apart).toEqual([
    expect.stringMatching(/“data” is not held against the base: .*other data/),
    expect.stringMatching(/“folds” .*folds differ/),
    expect.stringMatching(/“items” .*2 are only in the one, 0 /),
  ]);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("ablationResults() holds each point of the curve against its twin from random weights, paired", async () => {
  const folder = await Deno.makeTempDir();
  const base = { name: "base", changes: [], run: await writeFixtureRun(folder) };
  const points = [
    { name: "random", changes: [], random: true, run: await worse(folder, 40) },
    { name: "half", changes: [], share: 0.5, run: await worse(folder, 20) },
    { name: "half, random", changes: [], share: 0.5, random: true, run: await worse(folder, 3) },
  ];
  const results = await ablationResults(base, points);
  expect(results.settings.map(({ name }) => name)).toEqual(["random"]);
  const predictions = async ({ run }: { run: Run }) => (await run.predictions()).predictions;
  const { classes } = await base.run.predictions();
  const gains = await Promise.all(
    [[points[1], points[2]], [base, points[0]]].map(async ([begun, random]) =>
      compareRuns(await predictions(begun), await predictions(random), { classes, scores: ["sprsound-1-2"] })
        .differences.find(({ score }) => score === results.score)!
    ),
  );
  expect(results.curve.map(({ share, random }) => [share, random!.folder, random!.gain.difference]))
    .toEqual([[0.5, points[2].run.folder, gains[0].difference], [1, points[0].run.folder, gains[1].difference]]);
  expect(gains[0].difference).toBeGreaterThan(0);
  expect(results.curve[0].random!.gain).toMatchObject({ low: gains[0].low, high: gains[0].high });
  const page = await Deno.readTextFile(await renderAblations(results, folder));
  expect(page).toMatch(/gain over them.*50 %.*100 %/s);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("ablationResults() counts the base's mean over sources as the settings' are counted", async () => {
  const folder = await Deno.makeTempDir();
  const [base, other] = await Promise.all(["base", "other"].map(async (name, k) => {
    const run = await writeFixtureRun(`${folder}/${name}`);
    const { predictions, classes } = await run.predictions(), config = await run.config();
    // Of four items a recording, those that are wrong are too few to change its answer, but for every seventh recording.
    const recordings = [...new Set(predictions.map(({ recording }) => recording))];
    const said = predictions.map((one, i): Prediction => {
      const r = recordings.indexOf(one.recording), truth = r % 2;
      const p = r % 7 === k ? 0.9 : i % 3 === 0 ? 0.55 : 0.1;
      const probabilities = classes.map((_, c) => c === truth ? 1 - p : c === 1 - truth ? p : 0);
      const predicted = classes[probabilities.indexOf(Math.max(...probabilities))];
      return { ...one, source: r % 5 < 2 ? "a" : "b", label: classes[truth], probabilities, predicted };
    });
    await run.save("predictions", { predictions: said, classes });
    const evaluation = { scores: [], unit: "recording" as const, protocol: { kind: "leave-one-source-out" } };
    await run.save("config", { ...config, experiment: { ...config.experiment, evaluation } });
    const metrics = await run.metrics(), test = evaluatePredictions(said, { classes, seed: 0 });
    await run.save("metrics", { ...metrics, parts: { ...metrics.parts, test: { ...metrics.parts.test, ...test } } });
    return { name, changes: [], run };
  }));
  const { overSources, unit, base: { score }, settings: [{ difference }] } = await ablationResults(base, [other]);
  expect([overSources, unit, score!.unit]).toEqual([true, "recording", "recording"]);
  expect(score!.value).toBeCloseTo(difference.second, 12);
  const { balancedAccuracy: byItem } = (await base.run.metrics()).parts.test.sourceMean;
  expect(score!.value! - byItem.value!).toBeGreaterThan(0.05);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("renderAblations() writes a page whose names are text, with the learning curve from the smallest share on", async () => {
  const folder = await Deno.makeTempDir();
  const run = await writeFixtureRun(folder);
  const base = { name: "base", changes: [], run };
  const results = await ablationResults(base, [
    { name: "no <script>alert(1)</script>", changes: ["x=<b>"], run: await worse(folder, 3) },
    { name: "half", changes: [], share: 0.5, run: await writeFixtureRun(folder) },
  ]);
  expect(results.curve.map(({ share }) => share)).toEqual([0.5, 1]);
  const page = await Deno.readTextFile(await renderAblations(results, folder));
  expect(page).not.toMatch(/<script>alert|<code>x=<b>/);
  expect(page).toMatch(/Learning curve.*50 %.*100 %/s);
  expect(JSON.parse(await Deno.readTextFile(`${folder}/ablations.json`)).settings.length).toBe(1);
  await Deno.remove(folder, { recursive: true });
});
