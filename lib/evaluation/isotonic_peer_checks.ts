// What the field's own programs say on data that is too large for a golden file.
import { expect } from "expect";
import { randomStream } from "../random/mod.ts";
import { peerCheck } from "../testing/mod.ts";
import { fitIsotonic } from "./isotonic.ts";

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
