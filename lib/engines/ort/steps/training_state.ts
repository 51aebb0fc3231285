import { InputError } from "../../../errors/mod.ts";
import type { SessionState } from "../../engine.ts";

/**
 * The vectors that a step reads and writes, each twice: a step reads one set while onnxruntime writes the other, so that
 * nothing is allocated or copied between steps.
 */
export interface TrainingState {
  readonly names: readonly string[];
  /** Steps done. */
  step: number;
  has(name: string): boolean;
  /** The vector that the next step reads. */
  current(name: string): Float32Array;
  /** The vector that the next step writes. */
  next(name: string): Float32Array;
  /** Makes what was written current: the step is done. */
  advance(): void;
  save(): SessionState;
  load(state: SessionState): void;
}

/** A state that starts with these vectors. */
export function trainingState(initial: Readonly<Record<string, Float32Array>>): TrainingState {
  const names = Object.keys(initial).filter((name) => initial[name].length > 0);
  let here = new Map(names.map((name) => [name, initial[name].slice()]));
  let there = new Map(names.map((name) => [name, new Float32Array(initial[name].length)]));
  const state: TrainingState = {
    names,
    step: 0,
    has: (name) => here.has(name),
    current: (name) => here.get(name)!,
    next: (name) => there.get(name)!,
    advance() {
      [here, there] = [there, here];
      state.step++;
    },
    save: () => ({
      arrays: Object.fromEntries([...here].map(([name, data]) => [name, { shape: [data.length], data: data.slice() }])),
      step: state.step,
    }),
    load({ arrays, step }) {
      for (const [name, data] of here) {
        const length = arrays[name]?.data.length ?? 0;
        if (length !== data.length) {
          throw new InputError({
            expected: `${data.length} numbers of "${name}"`,
            found: length === 0 ? "none" : `${length}`,
            where: "the state to restore",
            remedy: "restore a state of the same model, optimiser and engine",
          });
        }
      }
      for (const [name, data] of here) data.set(arrays[name].data);
      state.step = step;
    },
  };
  return state;
}
