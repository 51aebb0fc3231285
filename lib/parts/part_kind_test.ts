import { expect } from "expect";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { PartKind, partSchemas, partsIn } from "./mod.ts";

const kindOf = () => new PartKind<{ twice(options: { size: number }): number }>("callback", "a thing");
const definition = (name: string) => ({
  name,
  options: z.strictObject({ size: z.int().positive().default(2) }),
  twice: ({ size }: { size: number }) => 2 * size,
});

Deno.test("a called part is plain data, and its schema fills in what is left out", () => {
  const things = kindOf();
  const thing = things.define(definition("thing"));
  expect(JSON.stringify(thing({ size: 3 }))).toBe('{"kind":"thing","size":3}');
  expect(things.schema.parse(thing())).toEqual({ kind: "thing", size: 2 });
  expect(things.schema.parse("thing")).toEqual({ kind: "thing", size: 2 });
  const resolved = z.object({ list: z.array(things.schema) }).parse({ list: ["thing"] });
  expect(partsIn(resolved).map(({ type, definition }) => [type, definition.name])).toEqual([["callback", "thing"]]);
  expect(JSON.stringify(resolved)).toBe('{"list":[{"kind":"thing","size":2}]}');
  expect(partSchemas(things.schema)!.map(({ shape }) => Object.keys(shape))).toEqual([["kind", "size"]]);
});

Deno.test("what a part doesn't take is refused where it stands", () => {
  const things = kindOf();
  things.define(definition("thing"));
  const paths = (value: unknown) =>
    z.object({ at: things.schema }).safeParse({ at: value }).error!.issues.map((
      { path, code },
    ) => [path.join("."), code]);
  expect(paths({ kind: "thing", sise: 3 })).toEqual([["at", "unrecognized_keys"]]);
  expect(paths({ kind: "thing", size: -1 })).toEqual([["at.size", "too_small"]]);
  expect(paths({ kind: "other" })).toEqual([["at.kind", "custom"]]);
  expect(paths(null)).toEqual([["at.kind", "custom"]]);
});

Deno.test("a part that nobody has defined is told with those that are known", () => {
  const things = kindOf();
  things.define(definition("thing"));
  expect(things.find("thing").definition.twice({ size: 4 })).toBe(8);
  expect(() => things.find("thong")).toThrow(/a thing .*thing.* found "thong".*import/);
});

Deno.test("one name in two modules names both; the same module may define it again", async () => {
  const things = kindOf();
  things.define(definition("thing"));
  things.define(definition("thing"));
  const folder = await Deno.makeTempDir();
  try {
    const file = `${folder}/50% my #thing.ts`;
    await Deno.writeTextFile(file, "export const again = (things, definition) => things.define(definition);\n");
    const { again } = await import(pathToFileURL(file).href);
    expect(() => again(things, definition("thing"))).toThrow(
      /"thing" twice in .*part_kind_test\.ts and .*my%20%23thing\.ts/,
    );
    again(things, definition("other"));
    expect(things.find("other").module).toMatch(/my%20%23thing\.ts$/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
