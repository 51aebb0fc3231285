import { applyDecision, type DecisionRule } from "../../decision/mod.ts";
import { type Prediction } from "../../scores/mod.ts";
import { windowItems } from "./window_items.ts";

/** One prediction an item: its windows joined, with the rule's probabilities and answer. */
export function decidePredictions(
  windows: readonly Prediction[],
  rule: DecisionRule,
  classes: readonly string[],
): Prediction[] {
  const size = classes.length;
  const flat = Float64Array.from(windows.flatMap(({ probabilities }) => probabilities));
  const { probabilities, predicted } = applyDecision(rule, flat, { size, unitOf: windowItems(windows) });
  return windows.filter(({ window = 0 }) => window === 0).map(({ window: _, ...item }, i) => ({
    ...item,
    predicted: classes[predicted[i]],
    probabilities: Array.from(probabilities.subarray(i * size, (i + 1) * size)),
  }));
}
