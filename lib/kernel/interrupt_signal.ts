import { SIGNAL } from "./cell_runtime.ts";

/**
 * Aborted when the running cell is stopped. Give it to a training or a sweep: it then ends in good order, with what it
 * has reached, within a second. Outside this kernel it is never aborted.
 */
export function interruptSignal(): AbortSignal {
  const signal = (globalThis as { [SIGNAL]?: AbortSignal })[SIGNAL];
  return signal ?? new AbortController().signal;
}
