import type { Figure } from "../../plots/mod.ts";

/** What stands above a figure. */
export interface FigureWords {
  title: string;
  /** How to read it, in one sentence. */
  caption: string;
}

/** Where a figure of the page is drawn. */
export interface PlotProps extends FigureWords {
  /** Its name in the figures of the page. */
  id: string;
  figure: Figure;
}

/** A figure with its caption; the names of its series stand in its label for who can't see it. */
export function Plot({ id, figure, title, caption }: PlotProps) {
  const names = figure.data.map((trace) => (trace as { name?: string }).name).filter((name) => name !== undefined);
  return (
    <figure class="card">
      <figcaption>
        {title}
        <span>{caption}</span>
      </figcaption>
      <div
        class="plot"
        role="img"
        aria-label={`${title}. ${names.join("; ")}`}
        data-figure={`figure-${id}`}
        style={{ minHeight: `${figure.layout.height ?? 400}px` }}
      />
    </figure>
  );
}

/** Those of the figures that there are words for, side by side, or in a `column`. */
export function Figures(
  { figures, words, column = false }: {
    figures: Record<string, Figure>;
    words: Record<string, FigureWords>;
    column?: boolean;
  },
) {
  const shown = Object.entries(words).filter(([id]) => id in figures);
  if (shown.length === 0) return null;
  return (
    <div class={column ? "figures column" : "figures"}>
      {shown.map(([id, text]) => <Plot key={id} id={id} figure={figures[id]} {...text} />)}
    </div>
  );
}
