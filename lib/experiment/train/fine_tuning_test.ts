import { expect } from "expect";
import { withFolder } from "../../datasets/fixtures/with_folder.ts";
import { speechEmbedding } from "../../features/mod.ts";
import { fineTuned } from "../../models/mod.ts";
import { predictFiles } from "../../predict/mod.ts";
import { renderLivePage, renderReport } from "../../report/mod.ts";
import { resolveExperiment, runExperiment } from "../mod.ts";

Deno.test("an encoder is fine-tuned from recordings to report, judged beside its floors, and predicts without its file", async () => {
  const names = Array.from({ length: 12 }, (_, i) => `${i + 10}.wav`);
  const rows = names.map((name, i) => `${name},p${i},${i % 2 ? "wheeze" : "normal"}\n`);
  const sounds = Object.fromEntries(names.map((name, i) => [name, { seconds: 1, seed: i + 1 }]));
  await withFolder({ ...sounds, "manifest.csv": `path,subject,label\n${rows.join("")}` }, async (data) => {
    const experiment = resolveExperiment({
      ...{ name: "test", title: "A test", question: "?", dataset: { name: "csv", task: "labels" } },
      input: { ...speechEmbedding({ gives: "frames" }), seconds: 0.9, padding: "circular" },
      model: fineTuned({ encoder: speechEmbedding(), from: "model/conv2d_18/Conv2D" }),
      training: {
        ...{ epochs: 2, batchSize: 4, warmUp: 1, optimizer: { kind: "sgd", learningRate: 1e-3 } },
        layerRates: [{ layers: "^encoder/", rate: 0.1, thaw: 2 }],
      },
      evaluation: { protocol: { kind: "hold-out" }, resamples: 100 },
    });
    const places = { cacheFolder: `${data}/features`, out: `${data}/results`, threads: 1 };
    const { run } = await runExperiment(experiment, { ...places, data, engine: "ort", command: "test" });
    const { pooled } = (await run.metrics()).parts.test;
    expect(Object.keys(pooled.item!.balancedAccuracy.floors)).toContain("random-encoder");
    const { members } = await run.bundle();
    expect([members[0].mean, members[0].std].map((values) => [...new Set(values)])).toEqual([[0], [1]]);
    const [predicted] = await Array.fromAsync(predictFiles(run, [`${data}/10.wav`], { evenPoor: true }));
    expect(predicted).toHaveProperty("probabilities", [expect.any(Number), expect.any(Number)]);
    await renderReport(run.folder);
    expect(await Deno.readTextFile(run.path("report.html"))).toContain("The network began as the encoder");
    await expect(renderLivePage(run.folder, { script: "" })).rejects.toThrow(/encoder.*Apache-2\.0.*predict/);
  });
});
