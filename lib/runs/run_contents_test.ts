import { expect } from "expect";
import { runIn } from "./run.ts";

const EPOCH = { fold: 0, seed: 1, epoch: 1, loss: 0.5, validationLoss: 0.6, learningRate: 1e-3, seconds: 2 };

Deno.test("a run reads back what was saved, and what its folds hold", async () => {
  const folder = await Deno.makeTempDir();
  const run = runIn(folder);
  const sides = { train: ["a"], validation: ["b"], test: ["c"], shared: [] };
  const splits = { version: 1 as const, folds: [{ fold: 3, seed: 0, outer: 1, name: "1, inner 1", ...sides }] };
  await run.save("splits", splits);
  expect(await run.splits()).toEqual(splits);
  // An epoch may have no score: JSON and CSV both give it back as no number.
  const history = [{ ...EPOCH, validationScore: NaN, samplesPerSecond: 9 }];
  const member = { fold: 0, seed: 1, temperature: 1, model: "m.json", onnx: "m.onnx", mean: [0], std: [1] };
  await run.save("history", history);
  await run.inside("folds", "0").save("fold", { member, history });
  expect(await run.history()).toEqual(history);
  expect(await run.inside("folds", "0").fold()).toEqual({ member, history });
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a run says which key or column of a file is wrong", async () => {
  const folder = await Deno.makeTempDir();
  const run = runIn(folder);
  await run.writeJson("status.json", { version: 1, state: "asleep", folds: [], seconds: 0 });
  await expect(run.status()).rejects.toThrow(/status\.json .* state/);
  await run.write("history.csv", "fold,seed\n0,1\n");
  await expect(run.history()).rejects.toThrow(/validationScore.*history\.csv/s);
  await Deno.remove(folder, { recursive: true });
});
