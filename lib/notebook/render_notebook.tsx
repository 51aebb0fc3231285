import { render } from "preact-render-to-string";
import { PAPER, plotTemplate, SERIES } from "../plots/mod.ts";
import { contentPolicy } from "../report/mod.ts";
import type { Notebook } from "./notebook_format.ts";
import { CellView } from "./page/cell_view.tsx";
import style from "./page/page.css" with { type: "text" };
import script from "./page/page.js" with { type: "text" };
import { markdownHeadings } from "./page/markdown_text.ts";

/** Options of {@linkcode renderNotebook}. */
export interface RenderNotebookOptions {
  /** In the window's title. */
  title: string;
}

/**
 * The text of an HTML page of an executed notebook that needs nothing else: style, figures, sounds and scripts are
 * inside. Its Content-Security-Policy forbids every request, and every script but those of its outputs.
 */
export async function renderNotebook(notebook: Notebook, { title }: RenderNotebookOptions): Promise<string> {
  const drawn = notebook.cells.some((cell) =>
    cell.cell_type === "code" && cell.outputs.some((output) => "data" in output && PLOTLY in output.data)
  );
  const plotly = drawn ? await plotlyText() : "";
  const policy = contentPolicy({ scripts: [script, ...(plotly ? [plotly] : []), ...outputScripts(notebook)] });
  const headings = notebook.cells.flatMap((cell) => cell.cell_type === "markdown" ? markdownHeadings(cell.source) : []);
  const html = render(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={policy} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>{title}</title>
        <style dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body>
        <nav aria-label="Contents">
          <ol>
            {headings.filter(({ depth }) => depth === 2).map(({ id, text }) => (
              <li key={id}>
                <a href={`#${id}`}>{text}</a>
              </li>
            ))}
          </ol>
        </nav>
        <main>
          <Failure notebook={notebook} />
          {notebook.cells.map((cell, i) => <CellView key={i} cell={cell} number={i + 1} />)}
        </main>
        <Look />
        {plotly && <script type="text/plain" id="plotly" dangerouslySetInnerHTML={{ __html: plotly }} />}
        <script type="module" dangerouslySetInnerHTML={{ __html: script }} />
      </body>
    </html>,
  );
  return `<!doctype html>\n${html}\n`;
}

const PLOTLY = "application/vnd.plotly.v1+json";

/** Where the notebook stopped, if it did, at the top of the page. */
function Failure({ notebook }: { notebook: Notebook }) {
  for (const [i, cell] of notebook.cells.entries()) {
    const error = cell.cell_type === "code" && cell.outputs.find((output) => output.output_type === "error");
    if (!error) continue;
    return (
      <p class="failure">
        This notebook stopped at <a href={`#cell-${i + 1}`}>cell {i + 1}</a>: {error.ename}: {error.evalue}
      </p>
    );
  }
  return null;
}

/** What the script needs to draw figures on light and dark paper. */
function Look() {
  const templates = { light: plotTemplate("light"), dark: plotTemplate("dark") };
  const text = JSON.stringify({ templates, series: SERIES, paper: PAPER }).replaceAll("<", "\\u003c");
  return <script type="application/json" id="look" dangerouslySetInnerHTML={{ __html: text }} />;
}

/** The inline scripts of the notebook's own outputs: they may run, those in its Markdown may not. */
function outputScripts(notebook: Notebook): string[] {
  return notebook.cells.flatMap((cell) => cell.cell_type === "code" ? cell.outputs : [])
    .flatMap((output) => "data" in output && !(PLOTLY in output.data) ? [String(output.data["text/html"] ?? "")] : [])
    .flatMap((html) => [...html.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1]));
}

async function plotlyText(): Promise<string> {
  const { default: text } = await import("plotly.js-cartesian-dist-min/plotly-cartesian.min.js", {
    with: { type: "text" },
  });
  return text;
}
