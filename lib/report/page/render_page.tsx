import { createHash } from "node:crypto";
import type { ComponentChildren } from "preact";
import { render } from "preact-render-to-string";
import { writeAtomic } from "../../files/mod.ts";
import { type Figure, plotTemplate, SERIES } from "../../plots/mod.ts";
import { Sections } from "./section.tsx";
import script from "./page.js" with { type: "text" };
import base from "./styles/base.css" with { type: "text" };
import frame from "./styles/frame.css" with { type: "text" };
import print from "./styles/print.css" with { type: "text" };
import runsChart from "./styles/runs_chart.css" with { type: "text" };
import sounds from "./styles/sounds.css" with { type: "text" };
import tables from "./styles/tables.css" with { type: "text" };

/** A page that is one file. */
export interface Page {
  title: string;
  /** Short name of what the page is: `"report"`. */
  kind: string;
  /** Anchors and names that lead to them, or those of all sections. @default none, as a short page has */
  contents?: { id: string; name: string }[] | "sections";
  body: ComponentChildren;
  /** What it was written from, for the line at its end: `"the files of this run"`. @default no such line */
  writtenFrom?: string;
  /** Figures by the id that a {@linkcode Plot} names. */
  figures?: Record<string, Figure>;
  /** Whether the body brings figures of its own. */
  plotted?: boolean;
  /** Inline scripts of the body that may run. */
  allowed?: string[];
  /** Whether numbers can say where they come from. */
  traced?: boolean;
  /** Look and scripts of this kind of page, beside those that all share. */
  style?: string;
  scripts?: string[];
  /** A script that no HTML parser may see, since it changes NUL and CR in strings: it goes as base64. */
  packed?: string;
  /** What scripts read from the element `data`, plain JSON. */
  data?: unknown;
  /** Whether they run WebAssembly, and whether they may send to the server that the page came from. */
  computes?: boolean;
  saves?: boolean;
}

/** The text of an HTML file that needs nothing else: style, scripts, figures and plotly are inside, and it can make no request. */
export async function renderPage(page: Page): Promise<string> {
  const { kind, body, writtenFrom, traced, data, packed } = page;
  const figures = Object.entries(page.figures ?? {});
  const plotly = figures.length > 0 || page.plotted ? await plotlyText() : "";
  const scripts = [script, ...page.scripts ?? []];
  const sections: { id: string; name: string }[] = [];
  const main = render(
    <Sections.Provider value={sections}>
      {body}
      {writtenFrom && (
        <footer>
          Written by Auscult from{" "}
          {writtenFrom}. It needs no network and sends nothing. Research use only: no medical device, no diagnosis.
        </footer>
      )}
    </Sections.Provider>,
  );
  const contents = page.contents === "sections" ? sections : page.contents ?? [];
  const html = render(
    <html lang="en">
      <Head page={page} policy={contentPolicy(page, [...scripts, ...page.allowed ?? [], plotly, packed ?? ""])} />
      <body>
        <a class="skip" href="#main">Skip to the content</a>
        <div class="frame">
          <Bar kind={kind} traced={traced} />
          <div class={contents.length > 0 ? "columns" : undefined}>
            {contents.length > 0 && <Contents of={contents} />}
            <main id="main" dangerouslySetInnerHTML={{ __html: main }} />
          </div>
        </div>
        <Json
          id="look"
          value={{ templates: { light: plotTemplate("light"), dark: plotTemplate("dark") }, series: SERIES }}
        />
        {figures.map(([id, figure]) => <Json key={id} id={`figure-${id}`} value={withoutLook(figure)} />)}
        {data !== undefined && <Json id="data" value={data} />}
        {scripts.map((text, i) => <script key={i} type="module" dangerouslySetInnerHTML={{ __html: text }} />)}
        {packed && <script type="text/plain" id="packed">{new TextEncoder().encode(packed).toBase64()}</script>}
        {plotly && <script type="text/plain" id="plotly" dangerouslySetInnerHTML={{ __html: plotly }} />}
      </body>
    </html>,
  );
  return `<!doctype html>\n${html}\n`;
}

/** Writes a page that is one file. @returns its path. */
export async function writePage(path: string, page: Page): Promise<string> {
  await writeAtomic(path, await renderPage(page));
  return path;
}

/**
 * A Content-Security-Policy for a page on disk: no request of any kind, pictures and sounds from data addresses only, and no
 * script but these (CSP Level 3, hashes of inline scripts).
 */
function contentPolicy({ computes, saves }: Page, scripts: string[]): string {
  const hashes = scripts.filter(Boolean).map((text) =>
    `'sha256-${createHash("sha256").update(text).digest("base64")}'`
  );
  return [
    "default-src 'none'",
    `script-src ${hashes.join(" ")}${computes ? " 'wasm-unsafe-eval'" : ""}`,
    // tfjs fetches its WebAssembly from a data address, which leaves no machine.
    ...(computes || saves ? [`connect-src${computes ? " data:" : ""}${saves ? " 'self'" : ""}`] : []),
    "style-src 'unsafe-inline'", // plotly sets style attributes; without scripts or requests they can do no harm
    "img-src data: blob:",
    "media-src data: blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

function Head({ page: { title, style = "" }, policy }: { page: Page; policy: string }) {
  return (
    <head>
      <meta charset="utf-8" />
      <meta http-equiv="Content-Security-Policy" content={policy} />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="referrer" content="no-referrer" />
      <title>{title}</title>
      <style
        dangerouslySetInnerHTML={{ __html: [base, frame, tables, runsChart, sounds, style, print].join("\n") }}
      />
    </head>
  );
}

function Bar({ kind, traced }: Pick<Page, "kind" | "traced">) {
  return (
    <header class="bar">
      <div class="brand">
        Auscult <span>{kind}</span>
      </div>
      <div class="tools">
        {traced && <button type="button" id="trace" aria-pressed="false">Show where numbers come from</button>}
        <button type="button" id="theme" aria-label="Switch between light and dark">Dark</button>
      </div>
    </header>
  );
}

function Contents({ of }: { of: { id: string; name: string }[] }) {
  return (
    <nav class="contents" aria-label="Contents">
      <ol>
        {of.map(({ id, name }) => (
          <li key={id}>
            <a href={`#${id}`}>{name}</a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** Data that the page's script reads. `<` is escaped, so that no text in it can end the element. */
function Json({ id, value }: { id: string; value: unknown }) {
  const text = JSON.stringify(value).replaceAll("<", "\\u003c");
  return <script type="application/json" id={id} dangerouslySetInnerHTML={{ __html: text }} />;
}

/** The page says title and template itself. */
function withoutLook({ data, layout }: Figure): Figure {
  const { template: _template, title: _title, ...rest } = layout;
  return { data, layout: { ...rest, margin: { l: 60, r: 12, t: 28, b: 48 } } };
}

async function plotlyText(): Promise<string> {
  const { default: text } = await import("plotly.js-cartesian-dist-min/plotly-cartesian.min.js", {
    with: { type: "text" },
  });
  return text;
}
