import { expect } from "expect";
import { z } from "zod";
import { checked } from "./mod.ts";

Deno.test("checked() names the first key that doesn't fit in one line", () => {
  const schema = z.object({ name: z.string(), inner: z.array(z.object({ count: z.number() })) });
  const problem = { expected: "a list", where: "a.json" };
  expect(checked(schema, { name: "a", inner: [] }, problem)).toEqual({ name: "a", inner: [] });
  const wrong = () => checked(schema, { name: "a", inner: [{ count: 1 }, { count: "two" }, {}] }, problem);
  expect(wrong).toThrow(/^Expected a list but found at inner\.1\.count: [^\n]+ \(and 1 more\) in a\.json\.$/);
  expect(() => checked(schema, null, problem)).toThrow(/at its root/);
  const missing = () => checked(schema, { inner: [] }, problem);
  expect(missing).toThrow(/at name: it is missing \(expected string\)/);
});
