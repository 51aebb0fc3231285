import { expect } from "expect";
import { renderModelCard, renderReport } from "../../report/mod.ts";
import { CHILD_CYCLES, writeChildHearts } from "../fixtures/child_hearts.ts";
import { type ExperimentDescription, joinRuns, resolveExperiment, runExperiment } from "../mod.ts";
import { saidTogether } from "../joined/join_runs.ts";

const { targets: _targets, ...byItem } = CHILD_CYCLES;
const whole: ExperimentDescription = {
  ...byItem,
  name: "test/whole",
  title: "Whole",
  model: { kind: "cnn", filters: [4] },
  training: { ...CHILD_CYCLES.training, epochs: 2 },
};

Deno.test("heart cycles answer for children, whose answers are judged, told and joined with others like any", async () => {
  const folder = await Deno.makeTempDir(), data = `${folder}/circor`;
  try {
    await writeChildHearts(data, 18);
    const places = { data, out: `${folder}/results`, cacheFolder: `${folder}/features` };
    const options = { ...places, command: "test", engine: "ort", threads: 1, epochLines: false } as const;
    const { run } = await runExperiment(resolveExperiment(CHILD_CYCLES), options);
    const { predictions, classes } = await run.predictions();
    expect(classes).toEqual(["Absent", "Unknown", "Present"]);
    const test = predictions.filter(({ part }) => part === "test");
    const visits = Array.from({ length: 18 }, (_, i) => `training_data/${100 + i}_AV.wav`);
    expect(test.map(({ recording }) => recording).sort()).toEqual(visits);
    // Of every outer fold, whoever isn't judged has been validation once.
    expect(predictions.length - test.length).toBe(18);
    const { parts: { test: { pooled } } } = await run.metrics();
    const score = pooled.subject?.["circor-murmur"] ?? pooled.item!["circor-murmur"];
    expect(score.n).toBe(18); // one child came twice, with two labels
    expect(Object.keys(score.floors)).toEqual(expect.arrayContaining(["shortcut", "linear", "nearest", "majority"]));
    expect(score.value).toBeGreaterThan(0.8); // a murmur, silence and noise: easy
    // What frames are worth stands beside it.
    const frames = await run.inside("frames").metrics();
    expect(frames.parts.test.pooled.item!.onsetF1.value).toBeGreaterThan(0.5);
    const page = await Deno.readTextFile(await renderReport(run.folder));
    expect(page).not.toContain("Missing from this report");
    for (const said of ["What is heard when", "F1 of onsets", "threshold and temperature"]) {
      expect(page).toContain(said);
    }
    await renderModelCard(run.folder);

    const other = await runExperiment(resolveExperiment(whole), options);
    const runs = [run, other.run];
    const joined = await joinRuns(runs, { ...places, name: "test/joined", command: "test" });
    const together = await joined.predictions();
    expect(together.predictions.length).toBe(predictions.length);
    expect(Object.keys((await joined.metrics()).parts.test.pooled.item!.accuracy.floors)).toContain("linear");
    const config = await joined.config();
    expect([config.joined, config.imported, config.engine.name]).toEqual([
      runs.map(({ folder }) => folder),
      undefined,
      "joined",
    ]);
    const joinedPage = await Deno.readTextFile(await renderReport(joined.folder));
    expect(joinedPage).not.toContain("Missing from this report");
    expect(joinedPage).not.toContain("another program");

    const apart = await runExperiment(resolveExperiment(whole), { ...options, seed: 1 });
    await expect(joinRuns([run, run], { ...places, name: "test/joined", command: "test" }))
      .rejects.toThrow(/runs that differ.*same run twice/);
    await expect(joinRuns([run, apart.run], { ...places, name: "test/joined", command: "test" }))
      .rejects.toThrow("classes, seeds and folds");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("saidTogether() takes the mean of log probabilities of what all have judged", () => {
  const one = {
    ...{ fold: 2, seed: 0, part: "test", subject: "a", source: "", start: 0, end: 1, label: "N", predicted: "N" },
  };
  const said = (recording: string, p: number) => ({ ...one, recording, probabilities: [p, 1 - p] });
  const [joined] = saidTogether([[said("a", 0.9), said("b", 0.2)], [said("a", 0.5)]]);
  expect(joined.member).toEqual({ fold: 2, seed: 0 });
  expect(joined.predictions.map(({ recording }) => recording)).toEqual(["a"]);
  // Odds of 9 and 1: their geometric mean is 3.
  expect(joined.predictions[0].probabilities[0]).toBeCloseTo(0.75, 12);
});
