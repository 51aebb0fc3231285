import { expect } from "expect";
import { join } from "node:path";
import { generateSynthetic } from "../../lib/datasets/mod.ts";
import { resolveExperiment, runExperiment } from "../../lib/experiment/mod.ts";
import { openInput } from "../../lib/features/mod.ts";
import { findSounds, predictFiles } from "../../lib/predict/mod.ts";
import { checkOwnInputs } from "../../lib/runs/bundle/read_bundle.ts";
import { runExamples } from "../../lib/runs/mod.ts";
import { renderModelCard } from "../../lib/report/mod.ts";
import experiment, { octaves } from "./own_input.ts";

Deno.test("a tone is loud in its own octave", async () => {
  const input = openInput({ ...octaves(), seconds: 1, padding: "zero" });
  for (const [octave, hz] of [35, 70, 140, 280].entries()) {
    const tone = Float32Array.from({ length: 1000 }, (_, n) => Math.sin(2 * Math.PI * hz * n / 1000));
    const levels = await input.compute(tone);
    const frame = [...levels.subarray(25 * 4, 26 * 4)];
    expect(frame.indexOf(Math.max(...frame))).toBe(octave);
  }
});

Deno.test("the input of one's own goes the whole way of an experiment", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await generateSynthetic(join(folder, "data"), { kind: "heart", subjects: 12, recordings: 2 });
    const short = resolveExperiment(experiment, [
      "training.epochs=2",
      "evaluation.protocol.folds=2",
      "evaluation.resamples=100",
      "input.count=3",
      "model.filters=[4]",
    ]);
    const { run, complete } = await runExperiment(short, {
      ...{ data: join(folder, "data"), out: join(folder, "results"), cacheFolder: join(folder, "features") },
      ...{ command: "test", engine: "ort", threads: 1, epochLines: false },
    });
    expect(complete).toBe(true);
    const bundle = await run.bundle();
    expect([bundle.frames, bundle.bands, bundle.channels]).toEqual([126, 3, 1]);
    expect(bundle.input).toMatchObject({ kind: "octaves", count: 3, lowest: 25, seconds: 2.5 });
    for (const { bands, bandsHz } of await run.readJson("examples/examples.json", runExamples)) {
      expect([bands, bandsHz.map(Math.round)]).toEqual([3, [35, 71, 141]]);
    }
    // Threads that predict import the module; without it, or by other code, nothing is answered.
    const sounds = await Array.fromAsync(findSounds([join(folder, "data")]));
    const answers = await Array.fromAsync(
      predictFiles({ folder: run.path("model") }, sounds.slice(0, 1), { evenPoor: true }),
    );
    expect(JSON.stringify(answers)).toMatch(/"probabilities":\[[\d.e-]+,/);
    const [part] = bundle.parts!;
    expect([part.part, part.kind]).toEqual(["input", "octaves"]);
    await expect(checkOwnInputs({ parts: [{ ...part, kind: "gone" }] }, "bundle.json")).rejects.toThrow(
      /the input "gone".*--parts .*own_input\.ts/,
    );
    await expect(checkOwnInputs({ parts: [{ ...part, sha256: "0".repeat(64) }] }, "bundle.json")).rejects.toThrow(
      /by the code that it was trained with, 000000000000…/,
    );
    // It has no nodes, and so the file of all networks begins at its windows.
    const pipeline = new TextDecoder().decode(await run.readBytes("model/pipeline.onnx"));
    expect(pipeline).toContain("features");
    const card = await Deno.readTextFile(await renderModelCard(run.folder));
    expect(card).toContain("takes `features` [count, 126, 3, 1]");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
