import type { Layout, Template } from "plotly.js";
import type { Theme } from "./figure.ts";
import { PAPER, SERIES } from "./palette.ts";

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif';

/**
 * How all figures look on light or dark paper. A page that follows the reader's setting puts the other template into
 * `layout.template` and draws again; the figure itself names no colour of the paper.
 */
export function plotTemplate(theme: Theme): Template {
  const { paper, ink, muted, grid } = PAPER[theme];
  const axis = {
    color: muted,
    gridcolor: grid,
    linecolor: grid,
    zerolinecolor: grid,
    ticks: "outside",
    ticklen: 4,
    tickcolor: grid,
    automargin: true,
    title: { standoff: 10, font: { size: 13, color: ink } },
  } as const;
  return {
    layout: {
      font: { family: FONT, size: 13, color: ink },
      title: {
        font: { size: 15, color: ink },
        ...{ x: 0, xanchor: "left", xref: "paper" },
        ...{ y: 1, yanchor: "top", yref: "container", pad: { t: 12 } }, // a legend above the axes stays below it
      },
      // Transparent, so that the page's own paper shows.
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      colorway: [...SERIES[theme]],
      hoverlabel: { bgcolor: paper, bordercolor: muted, font: { color: ink, size: 13 } },
      legend: { font: { size: 12, color: ink }, bgcolor: "rgba(0,0,0,0)" },
      margin: { l: 64, r: 16, t: 40, b: 56 },
      xaxis: axis,
      yaxis: axis,
    },
  };
}

/** What every figure's layout begins with. */
export function titled(title: string): Pick<Layout, "template" | "title"> {
  return { template: plotTemplate("light"), title: { text: title } };
}
