import hljs from "highlight.js/lib/core";
import typescript from "highlight.js/lib/languages/typescript";
// @ts-types="@types/sanitize-html"
import sanitizeHtml from "sanitize-html";
import type { NotebookCell, NotebookOutput } from "../notebook_format.ts";
import { markdownHtml } from "./markdown_text.ts";
import type { Figure } from "../../plots/mod.ts";
import { AnsiUp } from "ansi_up";

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

hljs.registerLanguage("typescript", typescript);

/** Code with a class on each keyword, string, number, comment; escaped. */
function codeHtml(source: string): string {
  return hljs.highlight(source, { language: "typescript" }).value;
}

/** An output of a cell, in the richest form that the page can show. */
function OutputView({ output, name }: { output: NotebookOutput; name: string }) {
  if (output.output_type === "stream") return <Text kind={output.name} text={output.text} />;
  if (output.output_type === "error") return <Text kind="error" text={output.traceback.join("\n")} />;
  return <Bundle data={output.data} name={name} />;
}

function Text({ kind, text }: { kind: string; text: string }) {
  return <pre class={kind} dangerouslySetInnerHTML={{ __html: ansiHtml(text) }} />;
}

const IMAGES = ["image/png", "image/jpeg", "image/gif"];

function Bundle({ data, name }: { data: Record<string, unknown>; name: string }) {
  const text = (type: string) => typeof data[type] === "string" ? data[type] : undefined;
  const plotly = data["application/vnd.plotly.v1+json"] as Figure | undefined;
  if (plotly) return <Plot figure={plotly} name={name} />;
  const html = text("text/html");
  if (html !== undefined) return <div class="html" dangerouslySetInnerHTML={{ __html: harmlessHtml(html) }} />;
  const svg = text("image/svg+xml");
  if (svg !== undefined) {
    return <img alt={`picture of ${name}`} src={`data:image/svg+xml,${encodeURIComponent(svg)}`} />;
  }
  const image = IMAGES.find((type) => text(type) !== undefined);
  if (image) {
    return <img alt={`picture of ${name}`} src={`data:${image};base64,${text(image)!.replaceAll("\n", "")}`} />;
  }
  const markdown = text("text/markdown");
  if (markdown !== undefined) return <div class="text" dangerouslySetInnerHTML={{ __html: markdownHtml(markdown) }} />;
  return <Text kind="result" text={text("text/plain") ?? JSON.stringify(data, null, 2)} />;
}

/** A figure and its place, where the page's script draws it when it comes into view. */
function Plot({ figure, name }: { figure: Figure; name: string }) {
  const title = figure.layout.title?.text ?? `figure of ${name}`;
  const json = JSON.stringify(figure).replaceAll("<", "\\u003c");
  return (
    <div>
      <div
        class="plot"
        role="img"
        aria-label={title}
        data-figure={`figure of ${name}`}
        style={{ minHeight: `${figure.layout.height ?? 400}px` }}
      />
      <script type="application/json" id={`figure of ${name}`} dangerouslySetInnerHTML={{ __html: json }} />
    </div>
  );
}

/** Text with terminal colours as HTML, escaped: how Deno prints values. */
function ansiHtml(text: string): string {
  const ansi = new AnsiUp(); // it keeps colours from one text to the next
  ansi.use_classes = true;
  ansi.escape_html = true;
  return ansi.ansi_to_html(text);
}

/** Elements that load, send or lead elsewhere; the page's policy stops most of them, but not a refresh. */
const TAKEN_OUT = new Set([
  ...["meta", "base", "link", "iframe", "frame", "frameset", "object", "embed", "applet", "portal", "form"],
  ...["fencedframe", "template"],
]);

/**
 * The HTML of an output without what could lead elsewhere. Whatever else it holds may stay: the page's policy lets nothing be
 * loaded, and only those scripts run that cells put there, as in the notebook itself.
 */
export function harmlessHtml(html: string): string {
  return sanitizeHtml(html, {
    allowedTags: false,
    allowedAttributes: false,
    allowVulnerableTags: true, // style elements: they are asked for here
    allowedSchemes: ["http", "https", "mailto", "data", "blob"],
    exclusiveFilter: ({ tag }) => TAKEN_OUT.has(tag.toLowerCase()),
    parseStyleAttributes: false,
    parser: { lowerCaseTags: false, lowerCaseAttributeNames: false }, // SVG has viewBox
  });
}
