import { expect } from "expect";
import { buildModel, inOneRow, type ModelOptions } from "./mod.ts";

const SHAPE = { frames: 50, bands: 40, channels: 1, classes: 5, byFrame: true, seed: 0 };

Deno.test("gru has the 177,665 parameters of the published network, less a second bias in each gate", async () => {
  const model = await buildModel("gru", SHAPE);
  expect(model.outputs[0].shape).toEqual([null, 50, 5]);
  // PyTorch adds a bias to either product of a gate; one of them says all: 3 gates, 60 units, 2 directions, 3 layers.
  expect(model.countParams()).toBe(177_665 - 3 * 60 * 2 * 3);
});

Deno.test("fcn gives a row a frame and sees 57 of them", async () => {
  const tf = await import("@tensorflow/tfjs");
  const options: ModelOptions = { kind: "fcn", filters: [8, 8, 8, 8] };
  const model = await buildModel(options, { ...SHAPE, frames: 101 });
  const at = (frame: number) => {
    const values = new Float32Array(101 * 40).fill(1).fill(2, frame * 40, (frame + 1) * 40);
    return (model.predict(tf.tensor(values, [1, 101, 40, 1])) as import("@tensorflow/tfjs").Tensor).dataSync();
  };
  const middle = (values: ArrayLike<number>) => Array.from({ length: 5 }, (_, c) => values[50 * 5 + c]);
  expect(middle(at(50 + 29))).toEqual(middle(at(0)));
  expect(middle(at(50 - 29))).toEqual(middle(at(0)));
  expect(middle(at(50 + 3))).not.toEqual(middle(at(0)));
});

Deno.test("inOneRow() says what the network says, row after row", async () => {
  const tf = await import("@tensorflow/tfjs");
  const model = await buildModel({ kind: "gru", units: 4, layers: 1, hidden: [] }, SHAPE);
  const window = tf.randomNormal([2, 50, 40, 1], 0, 1, "float32", 1);
  const said = (of: import("@tensorflow/tfjs").LayersModel) => of.predict(window) as import("@tensorflow/tfjs").Tensor;
  const row = said(await inOneRow(model));
  expect(row.shape).toEqual([2, 250]);
  expect([...row.dataSync()]).toEqual([...said(model).dataSync()]);
});

Deno.test("buildModel() refuses a network by window where frames are asked for, and the other way round", async () => {
  await expect(buildModel("cnn", SHAPE)).rejects.toThrow("gru and fcn answer by frame");
  await expect(buildModel("gru", { ...SHAPE, byFrame: false })).rejects.toThrow("gru and fcn answer by frame");
});
