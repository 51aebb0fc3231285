import { applyDecision, type DecisionRule, type Prediction } from "../evaluation/mod.ts";

/** The same predictions with the rule's probabilities and answers; the items are the rule's units. */
export function decidePredictions(
  predictions: readonly Prediction[],
  rule: DecisionRule,
  classes: readonly string[],
): Prediction[] {
  const size = classes.length;
  const flat = Float64Array.from(predictions.flatMap(({ probabilities }) => probabilities));
  const { probabilities, predicted } = applyDecision(rule, flat, { size });
  return predictions.map((one, i) => ({
    ...one,
    predicted: classes[predicted[i]],
    probabilities: Array.from(probabilities.subarray(i * size, (i + 1) * size)),
  }));
}
