import { expect } from "expect";
import type { Figure } from "../plots/mod.ts";
import { plainFigure } from "./show_plot.ts";

Deno.test("plainFigure() makes JSON of typed arrays, Dates, bigints and numbers that JSON lacks", () => {
  const figure = {
    data: [{
      type: "scatter",
      x: [new Date(0), new Date(NaN)],
      y: Float32Array.of(0.5, NaN),
      ids: BigInt64Array.of(3n),
    }],
    layout: { title: "t", shapes: [{ x0: Infinity }] },
  } as unknown as Figure;
  const plain = plainFigure(figure);
  expect(plain).toEqual({
    data: [{ type: "scatter", x: ["1970-01-01T00:00:00.000Z", null], y: [0.5, null], ids: [3] }],
    layout: { title: "t", shapes: [{ x0: null }] },
  });
  expect(JSON.parse(JSON.stringify(plain))).toEqual(plain);
});
