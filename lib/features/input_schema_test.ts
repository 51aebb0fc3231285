import { expect } from "expect";
import { inputSchema } from "./mod.ts";

Deno.test("inputSchema refuses windows that would fill the memory, and names the key", () => {
  const input = { preset: "pcg", seconds: 5 };
  expect(inputSchema.safeParse({ ...input, seconds: 600, hop: 600 }).success).toBe(true);
  for (const key of ["seconds", "hop", "fade"]) {
    const { error } = inputSchema.safeParse({ ...input, [key]: 1e9 });
    expect(error!.issues.map(({ path }) => path)).toEqual([[key]]);
  }
});
