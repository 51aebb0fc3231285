import { expect } from "expect";
import { writeFixtureRun } from "../../report/fixture_run.ts";
import { readPaperRuns } from "../paper_run.ts";
import { paperFigures, WIDTHS } from "./paper_figures.ts";
import { svgPdf } from "./svg_pdf.ts";

Deno.test("paperFigures() draws every figure with letters of 7 to 9 points at both widths", async () => {
  const results = await Deno.makeTempDir();
  try {
    const run = await writeFixtureRun(results, { subjects: 12, examples: 1, seconds: 1 });
    const [one] = await readPaperRuns([run]);
    const figures = paperFigures(one);
    const names = figures.map(({ name }) => name.replace("-lung-fixture", ""));
    for (const name of ["flow", "roc", "precision-recall", "calibration", "confusion", "learning-curves", "sources"]) {
      expect(names).toContain(name);
    }
    for (const { svg } of figures) {
      for (const { pixels, millimetres } of Object.values(WIDTHS)) {
        const points = millimetres / 25.4 * 72 / pixels;
        const sizes = [...svg(pixels).matchAll(/<text[^>]* font-size="([\d.]+)"|<svg[^>]* font-size="([\d.]+)"/g)];
        for (const [, own, whole] of sizes) {
          expect(Number(own ?? whole) * points).toBeGreaterThanOrEqual(6.95);
          expect(Number(own ?? whole) * points).toBeLessThanOrEqual(9);
        }
      }
    }
    const [flow] = figures;
    const { total } = await run.data();
    for (const amount of [total.subjects, total.recordings, total.items]) {
      expect(flow.svg(374)).toContain(`>${amount} `);
    }
  } finally {
    await Deno.remove(results, { recursive: true });
  }
});

Deno.test("svgPdf() makes one page of the printed width, the same each time", async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50" width="100" height="50">' +
    '<g transform="translate(5 5)" opacity="0.5"><rect width="20" height="10" fill="#00f" stroke="#000"/></g>' +
    '<line x1="0" x2="99" y1="20" y2="20" stroke="#d55e00" stroke-dasharray="2 4"/></svg>';
  const [a, b] = [await svgPdf(svg, { millimetres: 88 }), await svgPdf(svg, { millimetres: 88 })];
  expect(a).toEqual(b);
  const text = new TextDecoder("latin1").decode(a);
  expect(text.startsWith("%PDF-1.")).toBe(true);
  const [, width, height] = text.match(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/)!.map(Number);
  expect(width).toBeCloseTo(88 / 25.4 * 72, 1);
  expect(height).toBeCloseTo(44 / 25.4 * 72, 1);
});
