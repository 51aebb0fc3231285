// From Auscult to Python and back: spectrograms as NPY, weights as safetensors, networks as ONNX, tables as CSV.
//
//   deno run -P=train experiments/howto/python.ts results/python     writes what Python reads
//   python3 results/python/there.py                                  reads it, and writes something of its own
//   deno run -P=train experiments/howto/python.ts results/python     reads that
//
// A run folder needs none of this: its predictions.csv, history.csv, examples/*.npy and model/pipeline.onnx (from the
// samples to the probabilities) are read by pandas, numpy and onnxruntime as they are.

import { join } from "node:path";
import { exportOnnx } from "../../lib/engines/ort/mod.ts";
import { logMel, presets } from "../../lib/features/mod.ts";
import { formatNpy, parseNpy, readTable, writeAtomic } from "../../lib/files/mod.ts";
import { buildModel, loadTfjs } from "../../lib/models/mod.ts";
import { formatSafetensors, parseSafetensors } from "../../lib/training/mod.ts";

/** What Python does with the files; numpy, safetensors and onnxruntime are from PyPI. */
export const THERE = `
import csv, os
import numpy as np
import onnxruntime
from safetensors.numpy import load_file, save_file

here = os.path.dirname(os.path.abspath(__file__))
spectrogram = np.load(f"{here}/tone.npy")                       # [frames, bands], float32

session = onnxruntime.InferenceSession(f"{here}/network.onnx")
logits, = session.run(None, {"input": spectrogram[None, :, :, None]})
np.save(f"{here}/logits.npy", logits)

weights = load_file(f"{here}/weights.safetensors")              # by the names of the layers
save_file({name: 2 * value for name, value in weights.items()}, f"{here}/doubled.safetensors")

with open(f"{here}/recordings.csv", "w", newline="") as file:   # a table is a dataset: experiments/own_recordings.ts
    csv.writer(file).writerows([["path", "subject", "label"], ["a.wav", "P01", "normal"]])
`;

const tf = await loadTfjs();

/** A second of 440 Hz as a spectrogram, and a network with its first weights. */
async function ours() {
  const tone = Float32Array.from({ length: 4000 }, (_, n) => Math.sin(2 * Math.PI * 440 * n / 4000));
  const { data, frames } = logMel(tone, presets.respirenet);
  const bands = presets.respirenet.nMels;
  const network = await buildModel({ kind: "cnn", filters: [4] }, { frames, bands, channels: 1, classes: 2, seed: 0 });
  return { data, frames, bands, network };
}

/** Writes what Python reads. */
export async function write(folder: string): Promise<void> {
  const { data, frames, bands, network } = await ours();
  await writeAtomic(join(folder, "tone.npy"), formatNpy({ shape: [frames, bands], data }));
  await writeAtomic(join(folder, "network.onnx"), exportOnnx(network));
  const arrays = Object.fromEntries(network.weights.map((weight) => {
    const { shape } = weight;
    return [weight.originalName, { shape: shape as number[], data: weight.read().dataSync() as Float32Array }];
  }));
  await writeAtomic(join(folder, "weights.safetensors"), formatSafetensors({ arrays, metadata: { from: "auscult" } }));
  await writeAtomic(join(folder, "there.py"), THERE);
}

/** Reads what Python wrote: its logits beside ours, its weights in our network, its table. */
export async function read(folder: string) {
  const { data, frames, bands, network } = await ours();
  const { data: theirs } = parseNpy(await Deno.readFile(join(folder, "logits.npy")), "logits.npy");
  const output = network.predict(tf.tensor4d(data, [1, frames, bands, 1])) as import("@tensorflow/tfjs").Tensor;

  const { arrays } = parseSafetensors(await Deno.readFile(join(folder, "doubled.safetensors")), "doubled.safetensors");
  const before = network.getWeights().map((weight) => weight.dataSync()[0]);
  network.setWeights(network.weights.map(({ originalName }) => {
    const { shape, data } = arrays[originalName];
    return tf.tensor(data, shape);
  }));
  const after = network.getWeights().map((weight) => weight.dataSync()[0]);
  const table = await readTable(join(folder, "recordings.csv"));
  return { ours: output.dataSync(), theirs, before, after, table };
}

if (import.meta.main) {
  const [folder = "results/python"] = Deno.args;
  const answered = await Deno.stat(join(folder, "logits.npy")).then(() => true, () => false);
  if (answered) console.log(await read(folder));
  else await write(folder).then(() => console.log(`Written. Now: python3 ${join(folder, "there.py")}`));
}
