import { expect } from "expect";
import { z } from "zod";
import { defaultAt, keysAt, schemasAt } from "./define_experiment.ts";

const schema = z.strictObject({
  model: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("a"), size: z.int().default(3), both: z.string() }),
    z.strictObject({ kind: z.literal("b"), rate: z.number().optional(), both: z.int() }),
  ]),
  list: z.array(z.strictObject({ x: z.int() })).default([]),
  named: z.record(z.string(), z.int()).optional(),
  inner: z.strictObject({ left: z.int().default(7) }).default({ left: 8 }),
});
const typesAt = (path: string) => schemasAt(schema, path.split(".")).map((one) => one.def.type);

Deno.test("schemasAt() looks through defaults, kinds, lists and records", () => {
  expect(typesAt("model.both")).toEqual(["string", "number"]);
  expect(typesAt("model.rate")).toEqual(["number"]);
  expect(typesAt("list.4.x")).toEqual(["number"]);
  expect(typesAt("named.any")).toEqual(["number"]);
  for (const none of ["model.depth", "list.x", "toString", "inner.left.more"]) expect(typesAt(none)).toEqual([]);
});

Deno.test("keysAt() names the keys that may be left out too, of one kind or of all", () => {
  expect(keysAt(schema, ["model"], "b")).toEqual(["kind", "rate", "both"]);
  expect(keysAt(schema, ["model"])).toEqual(["kind", "size", "both", "rate"]);
  expect(keysAt(schema, ["inner"])).toEqual(["left"]);
});

Deno.test("defaultAt() gives what stands where nothing is said, a copy each time", () => {
  expect(defaultAt(schema, ["inner"])).toEqual({ left: 8 });
  expect(defaultAt(schema, ["inner"])).not.toBe(defaultAt(schema, ["inner"]));
  expect(defaultAt(schema, ["inner", "left"])).toBe(7);
  expect(defaultAt(schema, ["model", "size"])).toBeUndefined(); // which kind isn't known
});
