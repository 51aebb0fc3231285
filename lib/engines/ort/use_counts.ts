import type { Program } from "./program.ts";

/** How many operations use each value, by its id; the output of the program counts as used once more. */
export function useCounts({ operations, output }: Program): Map<number, number> {
  const counts = new Map([[output.id, 1]]);
  for (const { inputs } of operations) for (const { id } of inputs) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}
