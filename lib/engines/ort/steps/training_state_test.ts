import { expect } from "expect";
import { trainingState } from "./training_state.ts";

Deno.test("trainingState() reads one set of vectors while the other is written", () => {
  const state = trainingState({ weights: Float32Array.of(1, 2), statistics: new Float32Array(0) });
  expect(state.names).toEqual(["weights"]);
  state.next("weights").set([3, 4]);
  expect([...state.current("weights")]).toEqual([1, 2]);
  state.advance();
  expect([...state.current("weights")]).toEqual([3, 4]);
  expect(state.step).toBe(1);
});

Deno.test("trainingState() saves copies and loads them", () => {
  const state = trainingState({ weights: Float32Array.of(1, 2) });
  const saved = state.save();
  state.current("weights").fill(9);
  state.advance();
  state.load(saved);
  expect([...state.current("weights")]).toEqual([1, 2]);
  expect(state.step).toBe(0);
});

Deno.test("trainingState() refuses a state of another model", () => {
  const state = trainingState({ weights: Float32Array.of(1, 2), m: Float32Array.of(0, 0) });
  const other = trainingState({ weights: Float32Array.of(1) }).save();
  expect(() => state.load(other)).toThrow('Expected 2 numbers of "weights" but found 1 in the state to restore');
  const without = trainingState({ weights: Float32Array.of(1, 2) }).save();
  expect(() => state.load(without)).toThrow('Expected 2 numbers of "m" but found none');
});
