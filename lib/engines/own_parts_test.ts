import * as tf from "@tensorflow/tfjs";
import { expect } from "expect";
import { z } from "zod";
import { buildModel, defineModel } from "../models/mod.ts";
import { defineLayer, defineLoss, focal, type Loss, nodes, openEngine, type Rule } from "./mod.ts";
import { compileGradient } from "./ort/compile_step.ts";
import { importModel } from "./ort/import_model.ts";

/** Each channel times a factor of its own. */
class Factors extends tf.layers.Layer {
  static className = "Factors";
  #factors!: tf.LayerVariable;

  override build(shape: tf.Shape | tf.Shape[]): void {
    this.#factors = this.addWeight("factors", [(shape as tf.Shape).at(-1)!], "float32", tf.initializers.ones());
    super.build(shape);
  }

  override call(x: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => tf.mul(Array.isArray(x) ? x[0] : x, this.#factors.read()));
  }
}
class Unruled extends Factors {
  static override className = "Unruled";
}
class Misruled extends Factors {
  static override className = "Misruled";
}

for (const layer of [Factors, Unruled, Misruled]) tf.serialization.registerClass(layer);

const factors = (wrong: number): Rule<null> => ({
  name: "factors",
  shape: ([x]) => x,
  forward: ({ graph, inputs: [x, factor] }) => nodes.mul(graph, x, factor),
  gradient: ({ graph, inputs: [x, factor], dy }) => [
    nodes.mul(graph, dy, factor),
    nodes.mul(graph, nodes.sumTo(graph, nodes.mul(graph, dy, x), factor.shape), wrong),
  ],
});
for (const [className, wrong] of [["Factors", 1], ["Misruled", 1.1]] as const) {
  defineLayer(className, ({ apply, channelsLast, last, weight }) => {
    return last(apply(factors(wrong), [channelsLast(), weight("factors")!], null));
  });
}

function network(layer: tf.layers.Layer): tf.LayersModel {
  return tf.sequential({
    layers: [tf.layers.dense({ inputShape: [3], units: 4 }), layer, tf.layers.dense({ units: 2 })],
  });
}

const OPTIONS = { optimizer: { kind: "sgd" }, batchSize: 4, seed: 0 } as const;
const CROSS_ENTROPY: Loss = "categorical-cross-entropy";
const BATCH = {
  inputs: Float32Array.from({ length: 12 }, (_, i) => Math.sin(i)),
  targets: Float32Array.from({ length: 8 }, (_, i) => Number(i % 4 === 1 || i % 4 === 2)),
  weights: new Float32Array(4).fill(1),
  count: 4,
};

async function losses(name: "ort" | "cpu", model: tf.LayersModel, loss: Loss): Promise<number[]> {
  const { engine } = await openEngine(name, { threads: 2 });
  const session = await engine.train(model, { ...OPTIONS, loss, threads: 2 });
  const found: number[] = [];
  for (let i = 0; i < 3; i++) found.push((await session.step(BATCH, { learningRate: 0.5 })).loss);
  await session.dispose();
  return found;
}

Deno.test("a layer with a rule of its own trains on ort, on several threads too, as on tfjs", async () => {
  const model = network(new Factors());
  const [ort, cpu] = [await losses("ort", model, CROSS_ENTROPY), await losses("cpu", model, CROSS_ENTROPY)];
  ort.forEach((value, i) => expect(value).toBeCloseTo(cpu[i], 4));
  expect(ort[2]).toBeLessThan(ort[0]);
});

Deno.test("a rule whose gradient is wrong is found before the first step, by the layer's name", async () => {
  await expect(losses("ort", network(new Misruled({ name: "wry" })), CROSS_ENTROPY)).rejects.toThrow(
    /differs by \d.*factors.*"wry" \(Misruled\)/,
  );
});

Deno.test("a layer without a rule goes to the next engine, with its name and the price; ort refuses it", async () => {
  const training = { model: network(new Unruled({ name: "mine" })), options: { ...OPTIONS, loss: CROSS_ENTROPY } };
  const { engine, reason } = await openEngine("auto", { threads: 1, training });
  expect(["wasm", "webgpu"]).toContain(engine.name);
  expect(reason).toMatch(/Unruled.*"mine".*\d+ samples\/s on ort and \d+ on/);
  await expect(openEngine("ort", { threads: 1, training })).rejects.toThrow(/"mine".*engine wasm or cpu/);
});

const options = z.strictObject({});
const absolute = defineLoss({
  name: "absolute",
  options,
  tensor: (logits, targets) => logits.softmax().sub(targets).abs().sum(1),
});

Deno.test("a loss without nodes trains on tfjs; ort says what is missing", async () => {
  const model = network(new Factors());
  const found = await losses("cpu", model, absolute());
  expect(found[2]).toBeLessThan(found[0]);
  await expect(losses("ort", model, absolute())).rejects.toThrow(/ort can derive.*"absolute".*graph\(\)/);
});

Deno.test("a loss whose nodes don't give what its formula does is refused by ort", async () => {
  const wrong = defineLoss({
    name: "wrong",
    options,
    tensor: (logits, targets) => focal.definition.tensor(logits, targets, { gamma: 2 }),
    graph: (graph, operands) => focal.definition.graph!(graph, operands, { gamma: 1 }),
  });
  await expect(losses("ort", network(new Factors()), wrong())).rejects.toThrow(/graph\(\) of the loss "wrong"/);
});

Deno.test("a loss that fails, or gives no number an example, is named with what was expected", async () => {
  const failing = defineLoss({
    name: "failing",
    options,
    tensor() {
      throw new RangeError("no idea");
    },
  });
  const scalar = defineLoss({ name: "scalar", options, tensor: (logits) => logits.sum() });
  const model = network(new Factors());
  await expect(losses("cpu", model, failing())).rejects.toThrow(/RangeError: no idea.*"failing" of .*own_parts_test/);
  await expect(losses("cpu", model, scalar())).rejects.toThrow(/4 examples.*found \[\].*"scalar"/);
});

Deno.test("defineLayer() takes no name that tfjs has", () => {
  expect(() => defineLayer("Dense", () => ({}) as never)).toThrow(/"Dense"/);
});

Deno.test("a built-in network that a user defines again is compiled to the same nodes", async () => {
  const again = defineModel({
    name: "cnn-again",
    options,
    build(_options, { frames, bands, channels, classes }) {
      const input = tf.input({ shape: [frames, bands, channels] });
      const blocks = [8, 16].flatMap((filters) => [
        tf.layers.conv2d({ filters, kernelSize: 3, padding: "same", useBias: false }),
        tf.layers.batchNormalization({ momentum: 0.9, epsilon: 1e-5 }),
        tf.layers.reLU(),
        tf.layers.maxPooling2d({ poolSize: 2 }),
      ]);
      const end = [
        tf.layers.globalAveragePooling2d({}),
        tf.layers.dropout({ rate: 0.3 }),
        tf.layers.dense({ units: classes }),
      ];
      const outputs = [...blocks, ...end].reduce((x, layer) => layer.apply(x) as tf.SymbolicTensor, input);
      return tf.model({ inputs: input, outputs });
    },
  });
  const shape = { frames: 16, bands: 16, channels: 1, classes: 3, seed: 0 };
  const [ours, theirs] = await Promise.all([{ kind: "cnn" as const, filters: [8, 16] }, again()].map(async (model) => {
    const program = importModel(await buildModel(model, shape), 4);
    return compileGradient(program, { loss: CROSS_ENTROPY, block: 8 }).model.graph.nodes.map(({ op }) => op);
  }));
  expect(theirs).toEqual(ours);
});
