import type { Data, Layout } from "plotly.js";

/** A plotly figure as plain JSON: what `Plotly.newPlot` takes, what a notebook shows, what `figures/*.json` holds. */
export interface Figure {
  data: Data[];
  layout: Partial<Layout>;
}

/** Options that every figure has. */
export interface FigureOptions {
  /** Above the figure; `""` for none. */
  title?: string;
}

/** Paper to draw on. */
export type Theme = "light" | "dark";
