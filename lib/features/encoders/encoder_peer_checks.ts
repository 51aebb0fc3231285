import { expect } from "expect";
import { join } from "node:path";
import { peerCheck } from "../../testing/mod.ts";
import { encoderPath, openInput, randomWeights, speechEmbedding } from "../mod.ts";

/** openWakeWord's recipe: samples of 16 bits, log-Mel / 10 + 2, windows of 76 frames each 8 frames. */
const PROGRAM = `
import json, sys
import numpy as np, onnxruntime as ort
mel, embed, sound = sys.argv[1:]
run = lambda path, values: (lambda s: s.run(None, {s.get_inputs()[0].name: values})[0])(ort.InferenceSession(path))
samples = np.fromfile(sound, dtype="<f4")
frames = run(mel, (samples * np.float32(32767))[None]).reshape(-1, 32) / 10 + 2
windows = [frames[start:start + 76] for start in range(0, len(frames) - 75, 8)]
print(json.dumps(run(embed, np.stack(windows)[..., None].astype(np.float32)).reshape(len(windows), 96).tolist()))`;

peerCheck("embeddings are those of Python's onnxruntime, with the weights as they came and with random ones", {
  python: ["onnxruntime", "numpy"],
}, async ({ python }) => {
  const folder = await Deno.makeTempDir();
  try {
    const samples = Float32Array.from(
      { length: 32_000 },
      (_, i) => 0.2 * Math.sin(i * i / 9e4) + 0.1 * Math.sin(i ** 3),
    );
    await Deno.writeFile(`${folder}/sound`, new Uint8Array(samples.buffer));
    const described = speechEmbedding().valueOf() as { file: string; input: { file: string } };
    const [mel, trained] = await Promise.all([described.input.file, described.file].map(encoderPath));
    const random = join(folder, "random.onnx");
    await Deno.writeFile(random, randomWeights(await Deno.readFile(trained), { seed: 0 }));
    for (const [weights, path] of [["trained", trained], ["random", random]] as const) {
      const args = ["-c", PROGRAM, mel, path, `${folder}/sound`];
      const { stdout } = await new Deno.Command(python, { args, stderr: "inherit" }).output();
      const theirs: number[] = JSON.parse(new TextDecoder().decode(stdout)).flat();
      const ours = await openInput({ ...speechEmbedding({ weights }), seconds: 2, padding: "zero" }).compute(samples);
      expect(ours.length).toBe(theirs.length);
      // Both run the same kernels on 32-bit numbers; threads may sum in another order.
      const largest = Math.max(...theirs.map(Math.abs));
      theirs.forEach((value, i) => expect(Math.abs(ours[i] - value)).toBeLessThan(1e-5 * largest));
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

/** Of each filter: its size, and its deviation by that of He et al. 2015; and whether all that is no filter is as it was. */
const DEVIATIONS = `
import json, sys
import numpy as np, onnx
trained, drawn = [onnx.load(path).graph for path in sys.argv[1:]]
filters = {node.input[1] for node in trained.node if node.op_type == "Conv"}
values = lambda graph: {one.name: onnx.numpy_helper.to_array(one) for one in graph.initializer}
before, after = values(trained), values(drawn)
ratio = lambda w: float(w.std() / np.sqrt(2 / np.prod(w.shape[1:])))
print(json.dumps([[[after[name].size, ratio(after[name])] for name in sorted(filters)],
    [bool(np.array_equal(before[name], after[name])) for name in before if name not in filters]]))`;

peerCheck(
  "random weights have the deviation of He et al., as onnx reads them",
  { python: ["onnx", "numpy"] },
  async ({ python }) => {
    const path = await Deno.makeTempFile();
    try {
      const { file } = speechEmbedding().valueOf() as { file: string };
      const trained = await encoderPath(file);
      await Deno.writeFile(path, randomWeights(await Deno.readFile(trained), { seed: 0 }));
      const { stdout } = await new Deno.Command(python, { args: ["-c", DEVIATIONS, trained, path], stderr: "inherit" })
        .output();
      const [found, kept]: [[number, number][], boolean[]] = JSON.parse(new TextDecoder().decode(stdout));
      expect(found.length).toBe(20); // its convolutions
      expect([kept.length, kept.includes(false)]).toEqual([22, false]); // biases, two shapes, the leak of its activation
      // The deviation of n normal numbers is off by 1 / sqrt(2 n); five times that is met once in 3 million.
      for (const [size, ratio] of found) expect(Math.abs(ratio - 1)).toBeLessThan(5 / Math.sqrt(2 * size));
    } finally {
      await Deno.remove(path);
    }
  },
);
