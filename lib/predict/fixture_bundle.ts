import { exportOnnx } from "../engines/ort/mod.ts";
import { inputShape } from "../features/mod.ts";
import { buildModel } from "../models/mod.ts";
import { randomStream } from "../random/mod.ts";
import { type Bundle, runIn, saveModel, sealBundle } from "../runs/mod.ts";

/** Options of {@linkcode writeFixtureBundle}. */
export interface FixtureBundleOptions {
  /** Networks of the bundle. @default {2} */
  networks?: number;
  /** Maps of each block of a network. @default {[4, 8]} */
  filters?: number[];
}

/** For tests: a bundle of small untrained networks in `<folder>/model`, as an experiment would leave it. */
export async function writeFixtureBundle(
  folder: string,
  changes: Partial<Bundle> = {},
  { networks = 2, filters = [4, 8] }: FixtureBundleOptions = {},
): Promise<Bundle> {
  const run = runIn(folder);
  const { input = { preset: "pcg", seconds: 1, padding: "zero" } as const } = changes;
  const { frames, bands, channels } = inputShape(input);
  const classes = ["healthy", "murmur"];
  const stream = randomStream(0, "bundle");
  const members = [];
  for (let seed = 0; seed < networks; seed++) {
    const name = seed === 0 ? "model" : `model-${seed}`;
    const model = await buildModel({ kind: "cnn", filters }, {
      frames,
      bands,
      channels,
      classes: classes.length,
      seed,
    });
    await saveModel(run, `model/${name}`, model);
    await run.write(`model/${name}.onnx`, exportOnnx(model));
    const perBand = (of: () => number) => Array.from({ length: bands * channels }, of);
    members.push({
      fold: seed,
      temperature: 1,
      seed: 0,
      model: `${name}.json`,
      onnx: `${name}.onnx`,
      mean: perBand(() => -40 + stream.normal()),
      std: perBand(() => 15 + stream.uniform()),
    });
    model.dispose();
  }
  const bundle: Bundle = {
    version: 1,
    name: "heart/fixture",
    title: "A fixture",
    dataset: "synthetic",
    data: "Ward 3",
    task: "murmur-2",
    classes,
    input,
    frames,
    bands,
    channels,
    members,
    decision: { temperature: 1.5, threshold: 0.4 },
    trainedOn: { healthy: 40, murmur: 30 },
    ...changes,
  };
  await sealBundle(run, bundle);
  return bundle;
}

/** For tests: heart-like beats in faint noise, 2 kHz. */
export function beats(seconds: number, name = "beats"): Float32Array {
  const stream = randomStream(0, name);
  return Float32Array.from({ length: Math.round(2000 * seconds) }, (_, i) => {
    const phase = i / 2000 % 0.8;
    const beat = (at: number, hz: number) =>
      phase < at ? 0 : Math.exp(-(phase - at) * 40) * Math.sin(2 * Math.PI * hz * (phase - at));
    return 0.5 * beat(0, 50) + 0.35 * beat(0.3, 70) + 0.005 * stream.normal();
  });
}
