import { expect } from "expect";
import { commandLine } from "./option_values.ts";

Deno.test("a command is read back by a shell as the words that were typed", () => {
  const set = `training.loss={"kind":"focal","gamma":2}`, child = "children's hearts";
  expect(commandLine("experiment", ["a.ts", "--set", set, "--data", child, "--seed", "5"]))
    .toBe(`deno task experiment a.ts --set '${set}' --data 'children'\\''s hearts' --seed 5`);
});
