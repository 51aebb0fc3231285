import { expect } from "expect";
import { beginningWords } from "./mod.ts";

const about = {
  ...{ version: 1 as const, run: "results/demo/x", sha256: "0123456789abcdef", sameInput: true },
  ...{ layers: ["a", "b", "c", "d", "e"], fresh: ["logits"], weights: 92, of: 104, folds: [] },
};

Deno.test("beginningWords() tells how many weights of which run were taken, and what began at random", () => {
  const words = beginningWords(about);
  for (const said of ["92 of its 104", "results/demo/x", "0123456789ab", "a, b, c, d and 1 more", "logits began at"]) {
    expect(words).toContain(said);
  }
  expect(words).not.toContain("another input");
  expect(beginningWords({ ...about, sameInput: false })).toContain("another input");
  expect(beginningWords({ ...about, layers: [], fresh: ["logits"], weights: 0 })).toMatch(
    /at random and took no weights/,
  );
});
