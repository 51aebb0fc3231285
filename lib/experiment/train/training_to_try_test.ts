import { expect } from "expect";
import { openEngine } from "../../engines/mod.ts";
import { resolveExperiment } from "../mod.ts";
import { trainingToTry } from "./engine_in_use.ts";

Deno.test("a network by frame in mixed precision is refused before it is trained, by an engine that has none", async () => {
  const experiment = (sets: string[]) =>
    resolveExperiment({
      ...{ name: "test/mixed", title: "A test", question: "?", dataset: { name: "synthetic", task: "murmur-2" } },
      targets: { kind: "frames", classes: { quiet: [], S1: ["S1"] }, outside: "quiet" },
      input: { preset: "pcg", change: { winLength: 100, hopLength: 40 }, seconds: 2 },
      model: { kind: "gru", units: 4, layers: 1, hidden: [4] },
      training: {},
      evaluation: { protocol: { kind: "hold-out" } },
    }, sets);
  expect(await trainingToTry(experiment([]), 2)).toBeUndefined();
  const training = await trainingToTry(experiment(["training.precision=mixed"]), 2);
  await expect(openEngine("ort", { threads: 1, training })).rejects.toThrow(/precision mixed/);
});
