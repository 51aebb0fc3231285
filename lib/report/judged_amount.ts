import type { RunData, RunStatus } from "../runs/mod.ts";

/**
 * How much a run was judged on: folds together judge everything, a single one its part, which is what `byPart` holds.
 *
 * @param part Name of the part that is judged.
 */
export function judgedAmount(
  { data, status, part }: { data: RunData | null; status: RunStatus | null; part: string | null },
): { folds: number; amount: RunData["total"] | undefined } {
  const folds = new Set(status?.folds.map(({ fold }) => fold)).size;
  return { folds, amount: folds > 1 ? data?.total : data?.byPart.find((row) => row.part === part) };
}
