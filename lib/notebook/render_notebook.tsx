import { renderPage } from "../report/mod.ts";
import type { Notebook, NotebookOutput } from "./notebook_format.ts";
import { CellView } from "./page/cell_view.tsx";
import { markdownHeadings } from "./page/markdown_text.ts";
import style from "./page/notebook.css" with { type: "text" };

/**
 * The text of an HTML page of an executed notebook that needs nothing else: style, figures, sounds and scripts are
 * inside. Its Content-Security-Policy forbids every request, and every script but those of its outputs.
 */
export async function renderNotebook(notebook: Notebook, { title }: { title: string }): Promise<string> {
  const headings = notebook.cells.flatMap((cell) => cell.cell_type === "markdown" ? markdownHeadings(cell.source) : []);
  const outputs = notebook.cells.flatMap((cell) => cell.cell_type === "code" ? cell.outputs : []);
  return await renderPage({
    title,
    kind: "notebook",
    contents: headings.filter(({ depth }) => depth === 2).map(({ id, text }) => ({ id, name: text })),
    figures: {},
    plotted: outputs.some((output) => "data" in output && PLOTLY in output.data),
    allowed: outputScripts(outputs),
    style,
    body: (
      <>
        <Failure notebook={notebook} />
        {notebook.cells.map((cell, i) => <CellView key={i} cell={cell} number={i + 1} />)}
      </>
    ),
  });
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

/** The inline scripts of the notebook's own outputs: they may run, those in its Markdown may not. */
function outputScripts(outputs: readonly NotebookOutput[]): string[] {
  return outputs
    .flatMap((output) => "data" in output && !(PLOTLY in output.data) ? [String(output.data["text/html"] ?? "")] : [])
    .flatMap((html) => [...html.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1]));
}
