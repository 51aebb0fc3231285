import type { Figure } from "../../plots/mod.ts";

/** Where a figure of the page is drawn. */
export interface PlotProps {
  /** Its name in the figures of the page. */
  id: string;
  figure: Figure;
  title: string;
  /** How to read it, in one sentence. */
  caption: string;
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
