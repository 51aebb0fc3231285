import { expect } from "expect";
import { loadTfjs } from "../models/mod.ts";
import { openEngine } from "./mod.ts";
import { trainingSpeed } from "./training_speed.ts";

Deno.test("trainingSpeed() counts examples a second and cleans up after itself", async () => {
  const tf = await loadTfjs();
  const { engine } = await openEngine("ort", { threads: 1 });
  const before = tf.memory().numTensors;
  const speed = await trainingSpeed(engine);
  // A step of 32 examples is a matter of milliseconds to seconds anywhere.
  expect(speed).toBeGreaterThan(1);
  expect(speed).toBeLessThan(1e5);
  expect(tf.memory().numTensors).toBe(before);
});
