import type { ComponentChildren } from "preact";
import { render } from "preact-render-to-string";
import { type Figure, plotTemplate, SERIES } from "../../plots/mod.ts";
import { contentPolicy } from "./content_policy.ts";
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
  /** Whether the body brings figures of its own. @default {false} */
  plotted?: boolean;
  /** Inline scripts of the body that may run. */
  allowed?: string[];
  /** The look of this kind of page, beside the one that all share. */
  style?: string;
  /** Whether numbers can say where they come from. */
  traced?: boolean;
  /** Scripts of this kind of page, beside the one that all share. */
  scripts?: string[];
  /**
   * A script that no HTML parser may see: codecs hold their bytes in strings, and a parser changes NUL and CR. It goes as
   * base64 and is started by the script that all share.
   */
  packed?: string;
  /** What they read from the element `data`, plain JSON. */
  data?: unknown;
  /** Whether they run WebAssembly. */
  computes?: boolean;
  /** Whether they may send to the server that the page came from. */
  saves?: boolean;
}

/**
 * The text of an HTML file that needs nothing else: style, script, figures and plotly are inside, and its
 * Content-Security-Policy forbids every request and every script but these, named by their hashes.
 */
export async function renderPage(page: Page): Promise<string> {
  const figures = Object.entries(page.figures ?? {});
  const plotly = figures.length > 0 || page.plotted ? await plotlyText() : "";
  const templates = { light: plotTemplate("light"), dark: plotTemplate("dark") };
  const scripts = [script, ...page.scripts ?? []];
  const policy = contentPolicy({
    scripts: [...scripts, ...page.allowed ?? [], plotly, page.packed ?? ""].filter(Boolean),
    computes: page.computes,
    saves: page.saves,
  });
  const style = [base, frame, tables, runsChart, sounds, page.style ?? "", print].join("\n");
  const sections: { id: string; name: string }[] = [];
  const main = render(
    <Sections.Provider value={sections}>
      {page.body}
      {page.writtenFrom && (
        <footer>
          Written by Auscult from{" "}
          {page.writtenFrom}. It needs no network and sends nothing. Research use only: no medical device, no diagnosis.
        </footer>
      )}
    </Sections.Provider>,
  );
  const contents = page.contents === "sections" ? sections : page.contents ?? [];
  const html = render(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={policy} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>{page.title}</title>
        <style dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body>
        <a class="skip" href="#main">Skip to the content</a>
        <div class="frame">
          <header class="bar">
            <div class="brand">
              Auscult <span>{page.kind}</span>
            </div>
            <div class="tools">
              {page.traced && (
                <button type="button" id="trace" aria-pressed="false">Show where numbers come from</button>
              )}
              <button type="button" id="theme" aria-label="Switch between light and dark">Dark</button>
            </div>
          </header>
          <div class={contents.length > 0 ? "columns" : undefined}>
            {contents.length > 0 && (
              <nav class="contents" aria-label="Contents">
                <ol>
                  {contents.map(({ id, name }) => (
                    <li key={id}>
                      <a href={`#${id}`}>{name}</a>
                    </li>
                  ))}
                </ol>
              </nav>
            )}
            <main id="main" dangerouslySetInnerHTML={{ __html: main }} />
          </div>
        </div>
        <Json id="look" value={{ templates, series: SERIES }} />
        {figures.map(([id, figure]) => <Json key={id} id={`figure-${id}`} value={withoutLook(figure)} />)}
        {page.data !== undefined && <Json id="data" value={page.data} />}
        {scripts.map((text, i) => <script key={i} type="module" dangerouslySetInnerHTML={{ __html: text }} />)}
        {page.packed && (
          <script type="text/plain" id="packed">{new TextEncoder().encode(page.packed).toBase64()}</script>
        )}
        {plotly && <script type="text/plain" id="plotly" dangerouslySetInnerHTML={{ __html: plotly }} />}
      </body>
    </html>,
  );
  return `<!doctype html>\n${html}\n`;
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
