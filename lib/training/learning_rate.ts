import type { ResolvedTraining } from "./training_options.ts";

/** How the learning rate may go over the epochs. */
export const SCHEDULES = ["constant", "cosine", "one-cycle"] as const;

/** Share of the largest rate at a step of `total`. */
const SHARES: Record<typeof SCHEDULES[number], (step: number, total: number) => number> = {
  constant: () => 1,
  cosine: (step, total) => along(1, 0, step / total),
  "one-cycle"(step, total) {
    const top = 0.3 * total - 1;
    return step <= top ? along(1 / 25, 1, step / top) : along(1, 1 / 25e4, (step - top) / (total - 1 - top));
  },
};

/**
 * The learning rate of a step:
 *
 * - `cosine`: half a cosine from the learning rate to 0 (Loshchilov and Hutter 2017);
 * - `one-cycle`: up from 1/25 in the first 30 % of the steps, then down to 1/250,000, both along a cosine (Smith and
 *   Topin 2019, the constants of PyTorch).
 *
 * `warmUp` epochs before it go up evenly to where the schedule begins, which then has the epochs that are left
 * (Goyal et al. 2017).
 *
 * @param step Steps done before this one.
 */
export function learningRate(
  { schedule, epochs, warmUp = 0, optimizer: { learningRate: peak } }: ResolvedTraining,
  { step, stepsPerEpoch }: { step: number; stepsPerEpoch: number },
): number {
  const rising = Math.min(warmUp, epochs) * stepsPerEpoch;
  const left = Math.max(1, epochs * stepsPerEpoch - rising);
  const share = SHARES[schedule](Math.max(0, step - rising), left);
  return peak * share * Math.min(1, (step + 1) / Math.max(1, rising));
}

/** Half a cosine from one value to another. */
function along(from: number, to: number, share: number): number {
  return to + (from - to) * (1 + Math.cos(Math.PI * Math.min(1, share))) / 2;
}
