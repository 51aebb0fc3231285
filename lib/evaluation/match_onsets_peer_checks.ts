import { expect } from "expect";
import { randomStream } from "../random/mod.ts";
import { peerCheck } from "../testing/mod.ts";
import { matchOnsets } from "./match_onsets.ts";

peerCheck("F1 of matchOnsets() is mir_eval's of onsets", { python: ["mir_eval"] }, (peers) => {
  const stream = randomStream(0, "onsets");
  const onsets = (count: number) =>
    Array.from({ length: count }, () => stream.integer(1500) / 100 + 0.001).sort((a, b) => a - b);
  const cases = Array.from(
    { length: 80 },
    (_, i) => ({ reference: onsets(1 + i % 40), found: onsets(1 + (7 * i) % 45) }),
  );
  const code = `
import json, sys, numpy as np
from mir_eval.onset import f_measure
print(json.dumps([f_measure(np.array(c["reference"]), np.array(c["found"]), window=0.0605)[0] for c in json.loads(sys.argv[1])]))`;
  const { stdout } = new Deno.Command(peers.python, { args: ["-c", code, JSON.stringify(cases)] }).outputSync();
  const theirs: number[] = JSON.parse(new TextDecoder().decode(stdout));
  cases.forEach(({ reference, found }, i) => {
    const pairs = matchOnsets(reference, found, 0.0605).length;
    expect(2 * pairs / (reference.length + found.length)).toBeCloseTo(theirs[i], 12);
  });
});
