import { headlineScores, scoreKey } from "../scores/mod.ts";
import type { Run } from "../runs/mod.ts";
import type { ReadBy } from "./print_scores.ts";

/** Prints what each way of adapting networks to other data gave, and the difference from the networks as they are. */
export async function printAdapted(out: Run, { scores }: ReadBy): Promise<void> {
  const { ways } = await out.adapted();
  const text = (value: number | null) => value === null ? "-" : value.toFixed(3);
  for (const { way, part, found, scores: own, differences } of ways) {
    console.log(`\nadapted by ${way}, ${part}: ${found}`);
    for (const key of [...new Set([...scores.map(scoreKey), ...headlineScores, "brier"])]) {
      const difference = differences[key];
      if (!own[key] || !difference) continue;
      const { value, low, high } = difference;
      console.log(`  ${key} ${text(own[key].value)}, difference ${text(value)} (${text(low)} to ${text(high)})`);
    }
  }
}
