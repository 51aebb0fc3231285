import { expect } from "expect";
import { shellWord } from "./mod.ts";

Deno.test("shellWord() quotes what a shell would divide or read otherwise", () => {
  expect(["data/a.csv", "my data/a.csv", "it's", "$HOME", ""].map(shellWord))
    .toEqual(["data/a.csv", "'my data/a.csv'", "'it'\\''s'", "'$HOME'", "''"]);
});
