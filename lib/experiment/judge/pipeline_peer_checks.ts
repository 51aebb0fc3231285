import { expect } from "expect";
import { generateSynthetic } from "../../datasets/mod.ts";
import { hashBytes } from "../../files/mod.ts";
import { peerCheck } from "../../testing/mod.ts";
import { resolveExperiment, runExperiment } from "../mod.ts";

const experiment = resolveExperiment({
  ...{
    name: "test/pipeline",
    title: 'A "test" & <more>',
    question: "?",
    dataset: { name: "synthetic", task: "murmur-2" },
  },
  input: { preset: "pcg", seconds: 2.5, padding: "circular" },
  model: { kind: "cnn", filters: [4] },
  training: { epochs: 1, batchSize: 8 },
  evaluation: { protocol: { kind: "hold-out", test: 0.4, validation: 0.3 }, resamples: 100 },
});

const READ = `
import json, sys, onnx
model = onnx.load(sys.argv[1])
onnx.checker.check_model(model)
print(json.dumps({p.key: p.value for p in model.metadata_props}))
`;

peerCheck(
  "onnx reads from a run's pipeline what it tells and was trained on",
  { python: ["onnx"] },
  async ({ python }) => {
    const folder = await Deno.makeTempDir();
    try {
      await generateSynthetic(`${folder}/data`, { kind: "heart", subjects: 10, recordings: 1, unusable: 0 });
      const { run } = await runExperiment(experiment, {
        ...{ data: `${folder}/data`, out: `${folder}/results`, cacheFolder: `${folder}/features` },
        ...{ engine: "ort", threads: 1, command: "test" },
      });
      const path = run.path("model/pipeline.onnx");
      const { stdout, stderr } = await new Deno.Command(python, { args: ["-c", READ, path] }).output();
      expect(new TextDecoder().decode(stderr)).toBe("");
      const read = JSON.parse(new TextDecoder().decode(stdout));
      const { decision, files } = await run.bundle();
      const { fingerprint, licence } = await run.data();
      expect(read).toMatchObject({
        sampleRate: "2000",
        dataLicence: licence,
        dataFingerprint: fingerprint,
        title: experiment.title,
      });
      expect(JSON.parse(read.classes)).toEqual(["healthy", "murmur"]);
      expect(JSON.parse(read.decision)).toEqual(decision);
      expect(files!["pipeline.onnx"]).toBe(hashBytes(await Deno.readFile(path)));
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);
