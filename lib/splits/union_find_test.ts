import { expect } from "expect";
import goldens from "./goldens/splits.json" with { type: "json" };
import { unionFind } from "../statistics/mod.ts";

for (const { n, edges, component_is_smallest_member: expected } of goldens.unionFind) {
  Deno.test(`unionFind() closes chains of links: ${JSON.stringify(edges)}`, () => {
    expect([...unionFind(n, edges as [number, number][])]).toEqual(expected);
  });
}
