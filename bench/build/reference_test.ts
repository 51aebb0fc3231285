import { expect } from "expect";
import { join } from "node:path";
import { referencePage } from "./write_reference.ts";

const page = await referencePage();

Deno.test("experiments/REFERENCE.md is what deno task reference writes", async () => {
  const path = join(import.meta.dirname!, "..", "..", "experiments", "REFERENCE.md");
  expect(await Deno.readTextFile(path)).toBe(page);
});

Deno.test("the reference gives every key and every option a meaning", () => {
  const cells = (line: string) => line.split("|").slice(1, -1).map((cell) => cell.trim());
  const rows = page.split("\n").filter((line) => line.startsWith("| `")).map(cells);
  const keys = rows.filter((row) => row.length === 4);
  expect(keys.length).toBeGreaterThan(80);
  expect(keys.filter(([, , , meaning]) => meaning === "").map(([key]) => key)).toEqual([]);
});

Deno.test("the reference names what an experiment is written with", () => {
  for (
    const word of ["evaluation.protocol", "### `spec-augment`", "### `crnn`", "`sprsound-2-2`", "`respirenet`", "`csv`"]
  ) {
    expect(page).toContain(word);
  }
});
