import { inputs } from "./define_input.ts";
import type { InputWindow } from "./input_windows.ts";
import { type OpenInput, PartFault } from "./open_input.ts";

/**
 * Refuses an input that gives other numbers for the same samples.
 *
 * @throws {PartFault}
 */
export async function checkRepeatable(
  { compute, options }: OpenInput,
  { samples, from }: Pick<InputWindow, "samples" | "from">,
): Promise<void> {
  const first = (await compute(samples, from)).slice();
  const second = await compute(samples, from);
  const at = first.findIndex((value, i) => value !== second[i]);
  if (at < 0) return;
  const { kind } = options as { kind: string };
  throw new PartFault({
    expected: "compute() to give the same for the same samples",
    found: `${first[at]}, then ${second[at]} at ${at}`,
    where: `the input "${kind}" of ${inputs.find(kind).module ?? "a notebook's cell"}`,
    remedy: "take nothing from clocks, Math.random or the call before",
  });
}
