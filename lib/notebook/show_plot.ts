import { gzipSync } from "node:zlib";
import { svgPng } from "../pictures/mod.ts";
import { type Figure, figureSvg } from "../plots/mod.ts";
import { browserScript, displayBundle, type DisplayOptions, elementId, pictureHtml } from "./display_bundle.ts";

/**
 * Shows a figure: live where the front end draws plotly itself (VS Code, JupyterLab with the extension, our page), live
 * by a script of its own elsewhere, and as a picture where no script runs (GitHub, untrusted notebooks, print).
 */
export async function showPlot(figure: Figure, options: DisplayOptions = {}): Promise<void> {
  const plain = plainFigure(figure);
  const onPaper = withPaper(plain);
  const png = (await svgPng(figureSvg(plain))).toBase64();
  const title = titleOf(figure);
  await displayBundle({
    "application/vnd.plotly.v1+json": { ...onPaper, config: { displayModeBar: false, responsive: true } },
    "text/html": await selfDrawing(onPaper, { png, title }),
    "image/png": png,
    "text/plain": title,
  }, options);
}

/** Front ends may be dark, and figures are drawn in dark ink. */
function withPaper({ data, layout }: Figure): Figure {
  return { data, layout: { ...layout, paper_bgcolor: "#ffffff", plot_bgcolor: "#ffffff" } };
}

function titleOf({ layout: { title } }: Figure): string {
  return (typeof title === "object" ? title.text : title) || "figure";
}

/** The picture, which a script replaces by the living figure once plotly is there. */
async function selfDrawing(figure: Figure, { png, title }: { png: string; title: string }): Promise<string> {
  const id = elementId();
  const json = JSON.stringify(figure).replaceAll("<", "\\u003c");
  return `<div id="${id}">${pictureHtml(png, title)}</div>` +
    `<script type="application/json" id="${id}-figure">${json}</script>${await plotlySource(figure)}` +
    browserScript(drawInBrowser, id);
}

let source: string | undefined;
let carrier: string | undefined;

/**
 * Plotly itself, with the first figure of a notebook, and with that figure again where its cell is run once more. Where the
 * output that carries it was cleared, the others stay the still pictures that they are until then.
 */
async function plotlySource({ layout }: Figure): Promise<string> {
  const shownAs = JSON.stringify(layout);
  carrier ??= shownAs;
  if (carrier !== shownAs) return "";
  if (!source) {
    const { default: text } = await import("plotly.js-cartesian-dist-min/plotly-cartesian.min.js", {
      with: { type: "text" },
    });
    source = gzipSync(text).toBase64();
  }
  return `<script type="text/plain" data-plotly>${source}</script>`;
}

/** Runs in the browser; it may use nothing of this file. */
async function drawInBrowser(id: string): Promise<void> {
  interface Plotly {
    newPlot(place: HTMLElement, data: unknown, layout: unknown, config: unknown): void;
  }
  const page = globalThis as unknown as { Plotly?: Plotly; auscultPlotly?: Promise<Plotly | undefined> };
  async function load() {
    const carrier = document.querySelector("script[data-plotly]");
    if (page.Plotly || !carrier) return page.Plotly;
    const bytes = Uint8Array.from(atob(carrier.textContent.trim()), (letter) => letter.charCodeAt(0));
    const text = await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
    const script = document.createElement("script");
    // A page with a module loader would take plotly for one of its modules.
    script.textContent = `(function () { var define, module, exports; ${text} }).call(window);`;
    document.head.append(script);
    return page.Plotly;
  }
  const plotly = await (page.auscultPlotly ??= load());
  const [place, figure] = [document.getElementById(id), document.getElementById(`${id}-figure`)];
  if (!plotly || !place || !figure) {
    page.auscultPlotly = undefined; // a later figure may bring it
    return;
  }
  const { data, layout } = JSON.parse(figure.textContent);
  place.replaceChildren();
  plotly.newPlot(place, data, layout, { displayModeBar: false, responsive: true });
}

/**
 * A figure in the values that JSON has: plotly takes typed arrays and Dates too, but a kernel can't send them. Typed arrays
 * become arrays, Dates ISO texts; what JSON lacks (NaN, Infinity) becomes null, which plotly draws as a gap.
 */
export function plainFigure({ data, layout }: Figure): Figure {
  return plain({ data, layout }) as Figure;
}

function plain(value: unknown): unknown {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "bigint") return Number(value);
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (Array.isArray(value)) return value.map(plain);
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as Iterable<unknown>, plain);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]));
}
