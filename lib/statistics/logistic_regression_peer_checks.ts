// What the field's own programs say on data that is too large for a golden file.
import { expect } from "expect";
import { randomStream } from "../random/mod.ts";
import { peerCheck } from "../testing/mod.ts";
import { fitLogistic, predictLogistic } from "./logistic_regression.ts";

async function python(program: string, code: string, input: unknown): Promise<number[]> {
  const file = await Deno.makeTempFile();
  await Deno.writeTextFile(file, JSON.stringify(input));
  const { stdout } = await new Deno.Command(program, { args: ["-c", code, file] }).output();
  await Deno.remove(file);
  return JSON.parse(new TextDecoder().decode(stdout));
}

peerCheck(
  "fitLogistic() agrees with scikit-learn on 600 examples of 64 features in 7 classes",
  { python: ["sklearn"] },
  async (peers) => {
    const stream = randomStream(0, "logistic"), n = 600, width = 64, size = 7;
    const features = Float64Array.from({ length: n * width }, () => stream.normal());
    const labels = Int32Array.from(
      { length: n },
      (_, i) => i < size ? i : Math.min(6, Math.floor(4 + 2 * features[i * width] + stream.normal()) & 7),
    );
    const found = predictLogistic(fitLogistic(features, labels, { size, width, tolerance: 1e-8 }), features);
    const expected = await python(
      peers.python,
      `
import json, sys, numpy as np
from sklearn.linear_model import LogisticRegression
q = json.load(open(sys.argv[1])); X = np.array(q["x"]).reshape(-1, 64)
m = LogisticRegression(solver="newton-cg", tol=1e-9, max_iter=10000).fit(X, q["y"])
print(json.dumps(m.predict_proba(X).ravel().tolist()))`,
      { x: [...features], y: [...labels] },
    );
    expect(found.length).toBe(expected.length);
    // scikit-learn's own solvers differ from each other by 1e-6 at this tolerance.
    found.forEach((p, k) => expect(p).toBeCloseTo(expected[k], 5));
  },
);
