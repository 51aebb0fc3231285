// What the field's own programs say on data that is too large for a golden file.
import { expect } from "expect";
import { randomStream } from "../random/mod.ts";
import { peerCheck } from "../testing/mod.ts";
import { fitTemperature } from "./fit_temperature.ts";
import { fitIsotonic } from "./decision_rule.ts";

async function python(program: string, code: string, input: unknown): Promise<number[]> {
  const file = await Deno.makeTempFile();
  await Deno.writeTextFile(file, JSON.stringify(input));
  const { stdout } = await new Deno.Command(program, { args: ["-c", code, file] }).output();
  await Deno.remove(file);
  return JSON.parse(new TextDecoder().decode(stdout));
}

peerCheck("fitIsotonic() agrees with scikit-learn on 500 scores with ties", { python: ["sklearn"] }, async (peers) => {
  const stream = randomStream(0, "isotonic");
  const score = Array.from({ length: 500 }, () => Math.round(stream.uniform() * 60) / 60);
  const outcome = score.map((p) => Number(stream.uniform() < p * p));
  const map = fitIsotonic(score, outcome);
  const expected = await python(
    peers.python,
    `
import json, sys
from sklearn.isotonic import IsotonicRegression
q = json.load(open(sys.argv[1])); m = IsotonicRegression(out_of_bounds="clip").fit(q["s"], q["y"])
print(json.dumps(m.predict(q["x"]).tolist()))`,
    { s: score, y: outcome, x: map.x },
  );
  map.y.forEach((y, k) => expect(y).toBeCloseTo(expected[k], 9));
});

peerCheck(
  "fitTemperature() agrees with scipy's minimum from the surest to the shyest logits",
  { python: ["scipy"] },
  async (peers) => {
    const stream = randomStream(0, "temperature"), size = 4;
    for (const scale of [1e-3, 0.1, 10, 1000]) {
      const labels = Array.from({ length: 200 }, () => stream.integer(size));
      const logits = labels.map((label) =>
        Array.from({ length: size }, (_, c) => scale * (stream.normal() + Number(c === label)))
      );
      const [expected] = await python(
        peers.python,
        `
import json, sys
import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax
q = json.load(open(sys.argv[1])); z, y = np.array(q["z"]), np.array(q["y"])
loss = lambda log_t: -log_softmax(z / np.exp(log_t), axis=1)[np.arange(len(y)), y].mean()
print(json.dumps([float(np.exp(minimize_scalar(loss, bounds=(-20, 20), method="bounded", options={"xatol": 1e-12}).x))]))`,
        { z: logits, y: labels },
      );
      expect(fitTemperature(Float64Array.from(logits.flat()), labels, { size }).temperature / expected).toBeCloseTo(
        1,
        6,
      );
    }
  },
);
