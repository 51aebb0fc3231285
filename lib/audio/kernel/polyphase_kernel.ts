import type { PolyphaseOptions } from "../polyphase.ts";
import { polyphaseKernelWasm } from "./polyphase_kernel_wasm.ts";

export interface FilterPhasesOptions extends Pick<PolyphaseOptions, "up" | "down" | "length"> {
  /** Half the number of taps. */
  half: number;
  /** The taps `[2 * half]` for an output sample that lies `phase / up` of an input sample behind the middle. */
  filterOf: (phase: number) => ArrayLike<number>;
}

type Exports = { filterPhases: (...numbers: number[]) => void };

const PAGE = 65536;
/** Output samples that are made at a time: memory does not grow with the recording. */
const BLOCK = 16384;
/** The kernel takes 16 taps at a time. */
const STEP = 16;

let memory: WebAssembly.Memory;
let kernel: Exports | undefined;

/** The sums of `polyphase` in 32 bits: rounding stands 130 dB below the signal. */
export function filterPhases(samples: Float32Array, options: FilterPhasesOptions): Float32Array {
  const { up, down, length, half, filterOf } = options;
  const taps = Math.ceil(2 * half / STEP) * STEP;
  const span = Math.ceil(BLOCK * down / up) + taps + 1;
  const inputAt = 4 * up * taps, outputAt = inputAt + 4 * Math.ceil(span / 4) * 4;
  kernel ??= instantiate();
  const missing = Math.ceil((outputAt + 4 * BLOCK) / PAGE) - memory.buffer.byteLength / PAGE;
  if (missing > 0) memory.grow(missing);
  const filters = new Float32Array(memory.buffer, 0, up * taps);
  const input = new Float32Array(memory.buffer, inputAt, span);
  const block = new Float32Array(memory.buffer, outputAt, BLOCK);

  filters.fill(0);
  for (let m = 0; m < Math.min(up, length); m++) {
    const phase = m * down % up;
    filters.set(filterOf(phase), phase * taps);
  }
  const output = new Float32Array(length);
  for (let first = 0; first < length; first += BLOCK) {
    const count = Math.min(BLOCK, length - first);
    const whole = Math.floor(first * down / up);
    const start = whole + 1 - half; // of the first window; before and behind the signal there is silence
    const inside = samples.subarray(Math.max(0, start), Math.max(0, start + span));
    const before = Math.min(span, Math.max(0, -start));
    input.fill(0, 0, before).set(inside, before);
    input.fill(0, before + inside.length);
    kernel.filterPhases(inputAt, 0, taps, up, down, first * down % up, outputAt, count);
    output.set(count === BLOCK ? block : block.subarray(0, count), first);
  }
  return output;
}

function instantiate(): Exports {
  memory = new WebAssembly.Memory({ initial: 1 });
  const bytes = Uint8Array.from(atob(polyphaseKernelWasm), (character) => character.charCodeAt(0));
  return new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } }).exports as Exports;
}
