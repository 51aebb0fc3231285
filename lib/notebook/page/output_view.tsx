import type { Figure } from "../../plots/mod.ts";
import type { NotebookOutput } from "../notebook_format.ts";
import { ansiHtml } from "./ansi_html.ts";
import { harmlessHtml } from "./harmless_html.ts";
import { markdownHtml } from "./markdown_text.ts";

/** An output of a cell, in the richest form that the page can show. */
export function OutputView({ output, name }: { output: NotebookOutput; name: string }) {
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
