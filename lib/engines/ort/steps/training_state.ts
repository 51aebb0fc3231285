import { InputError } from "../../../errors/mod.ts";
import type { SessionState } from "../../engine.ts";

export type TrainingState = ReturnType<typeof trainingState>;

/**
 * The vectors that a step reads and writes, beginning with these, each twice: a step reads one set while onnxruntime writes
 * the other, so that nothing is allocated or copied between steps.
 */
export function trainingState(initial: Readonly<Record<string, Float32Array>>) {
  const names = Object.keys(initial).filter((name) => initial[name].length > 0);
  let here = new Map(names.map((name) => [name, initial[name].slice()]));
  let there = new Map(names.map((name) => [name, new Float32Array(initial[name].length)]));
  const state = {
    names,
    /** Steps done. */
    step: 0,
    has: (name: string) => here.has(name),
    /** The vector that the next step reads. */
    current: (name: string) => here.get(name)!,
    /** The vector that the next step writes. */
    next: (name: string) => there.get(name)!,
    /** Makes what was written current: the step is done. */
    advance() {
      [here, there] = [there, here];
      state.step++;
    },
    save: (): SessionState => ({
      arrays: Object.fromEntries([...here].map(([name, data]) => [name, { shape: [data.length], data: data.slice() }])),
      step: state.step,
    }),
    load({ arrays, step }: SessionState) {
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
