import { expect } from "expect";
import { generateSynthetic } from "../../lib/datasets/mod.ts";
import { evaluateBundle, resolveExperiment, runExperiment } from "../../lib/experiment/mod.ts";
import { renderModelCard, renderReport } from "../../lib/report/mod.ts";
import own from "./own_score.ts";

Deno.test("own scores pick epoch and threshold and stand in metrics, report and card with interval and floors", async () => {
  const root = await Deno.makeTempDir();
  try {
    await generateSynthetic(`${root}/data`, { kind: "heart", subjects: 24, recordings: 1 });
    const experiment = resolveExperiment(own, [
      ...["training.epochs=1", "model.filters=[4]", "evaluation.resamples=100", "evaluation.scores.0.risk=0.2"],
      'evaluation.protocol={"kind":"grouped-folds","folds":2}',
    ]);
    const options = { cacheFolder: `${root}/cache`, threads: 1 };
    const { run } = await runExperiment(experiment, {
      ...{ ...options, data: `${root}/data`, out: `${root}/results`, command: "test", epochLines: false },
    });
    const { pooled: { item }, confusion: { counts: [[tn, fp], [fn, tp]] } } = (await run.metrics()).parts.test;
    const benefit = item!["net-benefit(risk=0.2)"], n = tn + fp + fn + tp;
    expect(benefit.value).toBeCloseTo((tp - fp / 4) / n, 9);
    expect(benefit.floors["all-positive"]).toBeCloseTo((fn + tp - (tn + fp) / 4) / n, 9);
    for (const floor of ["shortcut", "linear", "nearest"]) {
      expect(benefit.floors[floor]).toBeLessThanOrEqual((fn + tp) / n);
    }
    expect(benefit.n).toBe(n);
    if (benefit.low !== null) expect(benefit.low <= benefit.value! && benefit.value! <= benefit.high!).toBe(true);
    const at90 = item!["sensitivity-at-90"];
    expect(at90.value! >= 0 && at90.value! <= 1 && at90.floors.prior === 0).toBe(true);
    if (item!.rocAuc.value === 1) expect(at90.value).toBe(1);

    for (const page of [await renderReport(run.folder), await renderModelCard(run.folder)]) {
      expect(await Deno.readTextFile(page)).toMatch(/Net benefit/);
    }
    expect(await run.readText("code/score-net-benefit/own_score.ts")).toMatch(/Vickers/);
    expect((await run.bundle()).worth).toMatchObject({ score: "net-benefit(risk=0.2)", lower: false });

    await generateSynthetic(`${root}/other`, { kind: "heart", subjects: 12, recordings: 1, seed: 9 });
    const elsewhere = await evaluateBundle(run, { ...options, data: `${root}/other`, name: "other", seen: "keep" });
    const [{ pooled }] = Object.values((await elsewhere.metrics()).parts);
    expect(pooled.item!["net-benefit(risk=0.2)"].value).not.toBeNull();

    // Where the module isn't loaded, the score is missed by its name, and a threshold that needs it isn't made up.
    const config = await run.readText("config.json");
    await run.write("config.json", config.replaceAll('"sensitivity-at-90"', '"sensitivity-lost"'));
    const without = await evaluateBundle(run, { ...options, data: `${root}/other`, name: "without", seen: "keep" });
    const [part] = Object.values((await without.metrics()).parts);
    expect(part.pooled.item!["sensitivity-lost"]).toMatchObject({
      value: null,
      reason: expect.stringMatching(/module/),
    });
    await run.write("config.json", config.replaceAll('"net-benefit"', '"benefit-lost"'));
    await expect(evaluateBundle(run, { ...options, data: `${root}/other`, name: "lost", seen: "keep" }))
      .rejects.toThrow(/benefit-lost.*--parts/);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});
