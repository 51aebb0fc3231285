import type { Figure } from "../../plots/mod.ts";

/** What stands above a figure: its title, and in one sentence how to read it. */
export interface FigureWords {
  title: string;
  caption: string;
}

/** A figure by its name in the figures of the page; the names of its series stand in its label for who can't see it. */
export function Plot({ id, figure: { data, layout }, title, caption }: FigureWords & { id: string; figure: Figure }) {
  const names = data.map((trace) => (trace as { name?: string }).name).filter((name) => name !== undefined);
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
        style={{ minHeight: `${layout.height ?? 400}px` }}
      />
    </figure>
  );
}

interface FiguresProps {
  figures: Record<string, Figure>;
  words: Record<string, FigureWords>;
  column?: boolean;
}

/** Those of the figures that there are words for, side by side, or in a `column`. */
export function Figures({ figures, words, column = false }: FiguresProps) {
  const shown = Object.entries(words).filter(([id]) => id in figures);
  if (shown.length === 0) return null;
  return (
    <div class={column ? "figures column" : "figures"}>
      {shown.map(([id, text]) => <Plot key={id} id={id} figure={figures[id]} {...text} />)}
    </div>
  );
}
