import type { NotebookCell } from "../notebook_format.ts";
import { codeHtml } from "./code_html.ts";
import { markdownHtml } from "./markdown_text.ts";
import { OutputView } from "./output_view.tsx";

/** A cell with its outputs. `number` counts all cells from 1. */
export function CellView({ cell, number }: { cell: NotebookCell; number: number }) {
  if (cell.cell_type === "raw") return null;
  if (cell.cell_type === "markdown") {
    return <section class="text" dangerouslySetInnerHTML={{ __html: markdownHtml(cell.source) }} />;
  }
  if (cell.source.trim() === "") return null;
  const failed = cell.outputs.some((output) => output.output_type === "error");
  return (
    <section class={failed ? "cell failed" : "cell"} id={`cell-${number}`}>
      <div class="input">
        <span class="count" aria-hidden="true">{cell.execution_count ?? " "}</span>
        <pre><code dangerouslySetInnerHTML={{ __html: codeHtml(cell.source) }} /></pre>
      </div>
      {cell.outputs.length > 0 && (
        <div class="outputs">
          {cell.outputs.map((output, i) => (
            <OutputView key={i} output={output} name={`cell ${number}${i === 0 ? "" : `, ${i + 1}`}`} />
          ))}
        </div>
      )}
    </section>
  );
}
