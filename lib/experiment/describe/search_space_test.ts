import { expect } from "expect";
import { float, int, oneOf, searchSpace, when } from "./search_space.ts";

const kind = oneOf("cnn", "crnn");

Deno.test("when() puts any dimension under a condition, on top of one that it has", () => {
  const units = when({ kind: ["crnn"] }, oneOf(32, 64));
  expect(searchSpace.parse({ kind, units })).toEqual({ kind, units: { ...oneOf(32, 64), when: { kind: ["crnn"] } } });
  const both = when({ depth: [2] }, float(0, 1, { when: { kind: ["crnn"] } }));
  expect(both.when).toEqual({ kind: ["crnn"], depth: [2] });
  expect(searchSpace.safeParse({ kind, depth: int(1, 3), both }).success).toBe(true);
});

const wrong: [string, Record<string, unknown>, RegExp][] = [
  ["an empty range", { x: float(2, 1) }, /low end is not above its high end/],
  ["a logarithmic range that begins at 0", { x: float(0, 1, { log: true }) }, /a logarithmic range above 0/],
  ["no choices", { x: { kind: "categorical", choices: [] } }, /./],
  [
    "a condition on what isn't searched",
    { kind, x: when({ mode: [1] }, int(1, 2)) },
    /one of the keys kind, x, not on mode/,
  ],
  [
    "a condition that never holds",
    { kind, x: when({ kind: ["rnn"] }, int(1, 2)) },
    /a value that kind can have, not "rnn"/,
  ],
  [
    "a value outside of a number's range",
    { n: int(1, 3), x: when({ n: [4] }, int(1, 2)) },
    /a value that n can have, not 4/,
  ],
  ["a condition on itself", { x: when({ x: [1] }, int(1, 2)) }, /doesn't hang on x itself/],
  [
    "conditions in a circle",
    { a: when({ c: [1] }, int(1, 2)), b: when({ a: [1] }, int(1, 2)), c: when({ b: [1] }, int(1, 2)) },
    /doesn't hang on a itself/,
  ],
];
for (const [what, space, message] of wrong) {
  Deno.test(`searchSpace refuses ${what}`, () => {
    const { success, error } = searchSpace.safeParse(space);
    expect(success).toBe(false);
    expect(error!.issues.map((issue) => issue.message).join("\n")).toMatch(message);
  });
}
