import { expect } from "expect";
import fc from "fast-check";
import { openEngine } from "../engines/mod.ts";
import { buildModel, inOneRow } from "../models/mod.ts";
import { randomStream } from "../random/mod.ts";
import { trainingBatches } from "./batches.ts";
import { fit, type FramedItem, frameSource, sessionOptions, trainingOptions } from "./mod.ts";

/** An item whose only feature is the number of its frame, and whose class that number's rest. */
function counting(length: number, { from = 0, unknown = 0 } = {}): FramedItem {
  const frames = Array.from({ length }, (_, frame) => from + frame);
  return { features: Float32Array.from(frames), labels: Int32Array.from(frames, (n, i) => i < unknown ? -1 : n % 3) };
}
const shape = { frames: 8, bands: 1, channels: 1, classes: 3 };

Deno.test("frameSource() covers every frame of every item, and join() gives the mean of what was said of it", () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 5 }), (lengths) => {
    const items = lengths.map((length) => counting(length));
    const source = frameSource(items, shape);
    const indices = source.of(items.keys());
    expect(indices.length).toBe(source.count);
    // Each window says the number of each of its frames.
    const rows = new Float32Array(source.count * 8 * 3);
    const window = new Float32Array(8);
    for (const index of indices) {
      source.read(index, window, 0);
      window.forEach((value, frame) => rows.fill(value, (index * 8 + frame) * 3, (index * 8 + frame + 1) * 3));
    }
    const joined = source.join(indices, rows);
    items.forEach(({ features }, item) => {
      const said = joined.get(item)!.filter((_, at) => at % 3 === 0);
      expect([...said]).toEqual([...features]);
    });
  }));
});

Deno.test("frameSource() crops lie inside the item, keep features and classes together, and begin anywhere", () => {
  const source = frameSource([counting(50, { from: 100, unknown: 5 }), counting(5)], shape);
  const begins = new Set<number>();
  for (let i = 0; i < 600; i++) {
    const index = i % (source.count - 1);
    const { features, labels } = source.framed.crop(index, randomStream(i, "crop"));
    begins.add(features[0]);
    features.forEach((value, frame) => expect(labels[frame]).toBe(value < 105 ? -1 : value % 3));
  }
  expect([...begins].sort((a, b) => a - b)).toEqual(Array.from({ length: 43 }, (_, i) => 100 + i));
  // The short one is followed by what nobody knows.
  const { features, labels } = source.framed.crop(source.count - 1, randomStream(0, "crop"));
  expect([...features]).toEqual([0, 1, 2, 3, 4, 0, 0, 0]);
  expect([...labels]).toEqual([0, 1, 2, 0, 1, -1, -1, -1]);
});

Deno.test("trainingBatches() weighs each class of frames by total over count, and leaves out what is unknown", () => {
  const labels = Int32Array.of(0, 0, 0, 0, 0, 0, 1, -1);
  const source = frameSource([{ features: new Float32Array(8), labels }], { ...shape, classes: 2 });
  const batches = trainingBatches({ source, indices: Int32Array.of(0) }, {
    options: trainingOptions.parse({
      optimizer: { kind: "adam", learningRate: 1e-3 },
      classWeights: "inverse",
      batchSize: 1,
    }),
    statistics: { mean: Float32Array.of(0), std: Float32Array.of(1) },
    seed: 0,
  });
  const { targets } = batches.epoch(1).batch(0);
  const rows = Array.from({ length: 8 }, (_, frame) => [...targets.subarray(2 * frame, 2 * frame + 2)]);
  expect(rows).toEqual([...Array(6).fill([Math.fround(7 / 12), 0]), [0, 3.5], [0, 0]]);
});

Deno.test("a network learns the class of each frame, the unknown ones apart", async () => {
  const stream = randomStream(0, "frames");
  const items = Array.from({ length: 12 }, (): FramedItem => {
    const signs = Array.from({ length: 40 }, () => stream.integer(2));
    const features = Float32Array.from(signs, (sign) => 2 * sign - 1 + 0.3 * stream.normal());
    // Every fourth frame has a wrong class that must not be learned: it isn't known.
    return { features, labels: Int32Array.from(signs, (sign, frame) => frame % 4 === 0 ? -1 : sign) };
  });
  const source = frameSource(items, { ...shape, classes: 2 });
  const options = {
    ...{ epochs: 12, batchSize: 8, optimizer: { kind: "adam", learningRate: 0.03 } as const },
    loss: { kind: "by-frame", classes: 2 } as const,
  };
  const model = await buildModel({ kind: "gru", units: 4, layers: 1, hidden: [] }, {
    ...source,
    byFrame: true,
    seed: 0,
  });
  const { engine } = await openEngine("ort", { threads: 1 });
  const session = await engine.train(await inOneRow(model), sessionOptions(options, { seed: 0 }));
  const { history } = await fit({
    ...{ session, options, seed: 0 },
    train: { source, indices: source.of([0, 1, 2, 3, 4, 5, 6, 7]) },
    validation: { source, indices: source.of([8, 9, 10, 11]) },
    monitor(probabilities, labels) {
      const known = Array.from(labels.keys()).filter((at) => labels[at] >= 0);
      return known.filter((at) => probabilities[2 * at + labels[at]] > 0.5).length / known.length;
    },
  });
  expect(history.at(-1)!.validationScore).toBeGreaterThan(0.97);
  await session.dispose();
});
