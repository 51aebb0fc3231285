import { expect } from "expect";
import { accuracy } from "./accuracy.ts";
import { confusionMatrix } from "./confusion_matrix.ts";
import { fitTemperature, temperatureBounds } from "./fit_temperature.ts";
import goldens from "./goldens/metrics.json" with { type: "json" };
import { logLoss } from "./log_loss.ts";
import { calibrationError, reliability } from "./reliability.ts";
import { temper } from "./temper.ts";

for (const golden of goldens.temperature) {
  const size = golden.k;
  const logits = Float64Array.from(golden.logits_x100.flat(), (z) => z / 100);
  const probabilities = temper(logits.map(Math.exp), { size, temperature: 1 + 1e-15 });

  Deno.test(`fitTemperature() agrees with scipy's root, or says why there is none: ${golden.id}`, () => {
    const { temperature, logLoss: loss, clamped } = fitTemperature(logits, golden.y, { size });
    if (golden.T === undefined) {
      expect(clamped).toMatch(golden.id === "separable" ? /T falls/ : /T rises/);
      expect(temperature).toBeCloseTo(golden.id === "separable" ? temperatureBounds.min : temperatureBounds.max, 12);
      return;
    }
    expect(temperature).toBeCloseTo(golden.T, 6);
    expect(loss).toBeCloseTo(golden.nll_T!, 9);
    expect(clamped).toBeUndefined();
    // From probabilities as from logits.
    expect(fitTemperature(probabilities.map(Math.log), golden.y, { size }).temperature).toBeCloseTo(golden.T, 6);
    const fitted = temper(probabilities, { size, temperature });
    golden.probs_after_first3!.flat().forEach((p, i) => expect(fitted[i]).toBeCloseTo(p, 8));
    expect(logLoss(golden.y, fitted, { size })).toBeCloseTo(golden.nll_T!, 9);

    const top = golden.y.map((_, i) => {
      const row = fitted.subarray(i * size, (i + 1) * size);
      return { c: row.indexOf(Math.max(...row)), confidence: Math.max(...row) };
    });
    const right = top.map(({ c }, i) => Number(c === golden.y[i]));
    expect(accuracy(confusionMatrix(golden.y, top.map(({ c }) => c), { size }))).toBeCloseTo(golden.accuracy!, 9);
    const error = calibrationError(reliability(top.map(({ confidence }) => confidence), right));
    expect(error).toBeCloseTo(golden.ece15_after!, 6);
  });

  for (const [T, loss] of Object.entries(golden.nll_at_T)) {
    Deno.test(`temper() gives ${golden.id} the golden likelihood at T = ${T}`, () => {
      expect(logLoss(golden.y, temper(probabilities, { size, temperature: Number(T) }), { size })).toBeCloseTo(loss, 8);
    });
  }
}
