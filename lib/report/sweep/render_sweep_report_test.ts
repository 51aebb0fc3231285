import { expect } from "expect";
import { resolveExperiment } from "../../experiment/mod.ts";
import { settingAssignments, valueAtKey } from "../../sweep/mod.ts";
import { fixtureSweep, writeFixtureJudgedRuns } from "./fixture_sweep.ts";
import { findJudgedRun, partDifference } from "./find_judged_runs.ts";
import { renderSweepReport, type SweepStudy } from "./mod.ts";
import { settingName } from "./setting_name.ts";
import { sharedSettings, sweepView } from "./sweep_view.ts";
import { sweepWords } from "./sweep_words.ts";

async function withResults(check: (results: string) => Promise<void>) {
  const results = await Deno.makeTempDir();
  try {
    await check(results);
  } finally {
    await Deno.remove(results, { recursive: true });
  }
}

/** The page without its figures and scripts. */
async function shownText(path: string): Promise<string> {
  const page = await Deno.readTextFile(path);
  return page.slice(0, page.indexOf('<script type="application/json" id="look"'));
}

const none = { winner: null, defaults: null };
const words = (sweep: SweepStudy) => {
  const { found, careful } = sweepWords(sweepView(sweep, none));
  return [...found, ...careful].join("\n");
};

Deno.test("the sweep's page says before the test part is open how to open it, and names no figure of it", () =>
  withResults(async (results) => {
    const sweep = fixtureSweep();
    const page = await shownText(await renderSweepReport(sweep, { folder: `${results}/sweeps/one`, results }));
    expect(page).toContain("The test part has not been opened for it yet");
    expect(page).not.toContain("What the held-out subjects say");
    const count = (state: string) => sweep.trials.filter((trial) => trial.state === state).length;
    expect(page).toContain(
      `40 settings were tried: ${count("complete")} were trained to the end; ${count("pruned")} were stopped early`,
    );
    expect(page).toContain("the loss is not a number");
  }));

Deno.test("the command on the sweep's page resolves to the winner's settings and the sweep's outer part", () => {
  const sweep = fixtureSweep();
  const { best, commands } = sweepView(sweep, none);
  const { experiment } = sharedSettings(sweep);
  const assignments = [...commands!.winner.matchAll(/--set (?:'([^']*)'|(\S+))/g)].map(([, a, b]) => a ?? b);
  const resolved = resolveExperiment(experiment, assignments);
  expect(resolved.training.optimizer.learningRate).toBe(best!.params["training.optimizer.learningRate"]);
  expect(resolved.input.padding).toBe(best!.params["input.padding"]);
  expect(resolved.evaluation.protocol).toEqual({ kind: "hold-out", test: 1 / 3, validation: 0.2, inner: 3 });
  expect(commands!.winner).toContain("deno task experiment experiments/lung/fixture.ts --data data/fixture --seed 1");
});

Deno.test("the command for the defaults names them all, so that it holds when the experiment's file has taken the winner over", () => {
  const sweep = fixtureSweep();
  const { best, commands } = sweepView(sweep, none);
  const { experiment } = sharedSettings(sweep);
  const adopted = resolveExperiment(experiment, settingAssignments(best!.params));
  const assignments = [...commands!.defaults.matchAll(/--set (?:'([^']*)'|(\S+))/g)].map(([, a, b]) => a ?? b);
  const again = resolveExperiment(adopted, assignments);
  for (const key of Object.keys(sweep.study.space)) expect(valueAtKey(again, key)).toBe(valueAtKey(experiment, key));
});

Deno.test("the sweep's page finds the runs of the winner and of the defaults by their settings, and compares them", () =>
  withResults(async (results) => {
    const sweep = fixtureSweep();
    await writeFixtureJudgedRuns(results, sweep);
    const folder = `${results}/sweeps/one`;
    const page = await shownText(await renderSweepReport(sweep, { folder, results }));
    const where = { ...sharedSettings(sweep), results, from: folder };
    const winner = (await findJudgedRun(sweepView(sweep, none).best!.params, where))!;
    const score = winner.metrics.parts.test.pooled.item!.balancedAccuracy;
    expect([winner.outer, winner.folder]).toEqual([true, "../../lung/fixture/20260102T090000Z-aaaaaaaa"]);
    expect(page).toContain(`the winner's balanced accuracy is ${score.value!.toFixed(3)}`);
    expect(page).toMatch(/Gain: winner less the experiment.s own/);
    expect(page).toContain("an optimism of");
    expect(await findJudgedRun({ "model.dropout": 0.49 }, where)).toBe(null);
    expect(await findJudgedRun({}, { ...where, seed: 2 })).toBe(null);
  }));

Deno.test("the sweep's words say when nothing is complete, when too little is, and when the best lies at an edge", () => {
  const sweep = fixtureSweep();
  const first = sweep.trials.slice(0, 3);
  expect(words({ ...sweep, trials: [] })).toContain("No trial has been trained to the end");
  expect(words({ ...sweep, trials: first })).toContain("3 trials to the end are too few to say which setting matters");
  const edge = { ...first[1], value: 0.99, params: { ...first[1].params, "training.optimizer.learningRate": 0.00999 } };
  expect(words({ ...sweep, trials: [first[0], edge] })).toContain(
    "The best learning rate lies at the high end of what was searched (0.01)",
  );
  expect(words({ ...sweep, trials: first.slice(0, 1) })).toContain("These are the experiment's own settings");
});

Deno.test("partDifference() is 0 for a part and its copy under other names, and its interval holds it", () => {
  const part = (name: string) =>
    Array.from({ length: 60 }, (_, i) => ({
      ...{ fold: 0, seed: 0, part: name, recording: `${name}${i}`, subject: `${name} ${i % 20}`, source: "" },
      ...{ start: 0, end: 1, label: "ab"[i % 2], predicted: i % 7 === 0 ? "ab"[1 - i % 2] : "ab"[i % 2] },
      probabilities: [0.5, 0.5],
    }));
  const options = { score: "balancedAccuracy", classes: ["a", "b"] };
  const same = partDifference([part("x"), part("y")], options)!;
  expect(same.difference).toBe(0);
  // The two are drawn on their own: sd of the difference is sqrt(2) that of one, so the interval must have a width.
  expect([same.low! < -0.02, same.high! > 0.02]).toEqual([true, true]);
  expect(partDifference([part("x"), []], options)).toBe(null);
  expect(partDifference([part("x"), part("y")], { ...options, score: "nothing" })).toBe(null);
});

Deno.test("settingName() names augmentations by their kind, and keys that share an end by the whole key", () => {
  const augment = [{ kind: "time-shift" }, { kind: "mixup" }];
  expect(settingName("training.augment.1.probability", { augment }).label).toBe("mixup probability");
  expect(settingName("model.hiddenUnits").label).toBe("hidden units");
  expect(settingName("a.size", { keys: ["a.size", "b.size"] }).label).toBe("a.size");
});

Deno.test("names with markup in them stay text on the sweep's page", () =>
  withResults(async (results) => {
    const sweep = fixtureSweep({ trials: 34, suffix: "<img src=x onerror=alert(1)>" });
    const page = await Deno.readTextFile(await renderSweepReport(sweep, { folder: `${results}/one`, results }));
    expect(page.includes("<img src=x")).toBe(false);
  }));
