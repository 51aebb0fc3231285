import { expect } from "expect";
import { randomStream } from "../random/mod.ts";
import { peerCheck } from "../testing/mod.ts";
import { wilcoxon } from "./comparison_tests.ts";

peerCheck(
  "wilcoxon() is SciPy's exact permutation on differences with ties and zeros",
  { python: ["scipy"] },
  (peers) => {
    const stream = randomStream(0, "differences");
    const lists = Array.from(
      { length: 60 },
      (_, i) => Array.from({ length: 3 + i % 8 }, () => (stream.integer(9) - 3) / 100),
    ).filter((list) => list.some((value) => value !== 0));
    const code = `
import json, sys, numpy as np
from scipy.stats import wilcoxon, PermutationMethod
exact = PermutationMethod(n_resamples=np.inf)
print(json.dumps([float(wilcoxon(d, method=exact).pvalue) for d in json.loads(sys.argv[1])]))`;
    const { stdout } = new Deno.Command(peers.python, { args: ["-c", code, JSON.stringify(lists)] }).outputSync();
    const theirs: number[] = JSON.parse(new TextDecoder().decode(stdout));
    expect(theirs.length).toBe(lists.length);
    lists.forEach((list, i) => expect(wilcoxon(list).p).toBeCloseTo(theirs[i], 12));
  },
);
