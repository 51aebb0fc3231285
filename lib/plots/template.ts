import type { Layout, Template } from "plotly.js";
import type { Theme } from "./figure.ts";

/**
 * Colours of series that people with any colour vision tell apart (Okabe and Ito 2008, without black and yellow, which
 * vanish on one of the papers), in the order of use. On dark paper the same hues, lighter.
 */
export const SERIES: Record<Theme, readonly string[]> = {
  light: ["#0072b2", "#d55e00", "#007f5f", "#b0508a", "#b07700", "#2f9bd0", "#6b5bb5"],
  dark: ["#4ea8de", "#ff8a4c", "#34c79a", "#e79ac6", "#e6b04a", "#8fd0f5", "#a99bf0"],
};

/** Colours of what is not data: paper, ink, lines. Text reaches a contrast of 4.5 and more (WCAG 2.2 AA). */
export const PAPER: Record<Theme, { paper: string; ink: string; muted: string; grid: string }> = {
  light: { paper: "#ffffff", ink: "#1c2127", muted: "#5a6472", grid: "#e2e6eb" },
  dark: { paper: "#14181d", ink: "#e6e9ed", muted: "#a0aab6", grid: "#2e353e" },
};

/** A grey that can be seen on both papers: chance lines, floors, axes at zero. */
export const NEUTRAL = "#828c99";

/** Shades of one hue on either paper, by share from 0 to 1; weak enough that the ink stays readable on all. */
export const SHADES: [number, string][] = [[0, "rgba(46, 134, 193, 0)"], [1, "rgba(46, 134, 193, 0.6)"]];

/** Second cue beside colour, one a series. */
export const DASHES = ["solid", "dash", "dot", "dashdot", "longdash", "longdashdot"] as const;

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

/** Layout of a figure whose legend stands in one or two lines between its title and its axes. */
export const LEGEND_ABOVE: Pick<Layout, "legend" | "margin"> = {
  legend: { orientation: "h", x: 0, y: 1.02, yanchor: "bottom" },
  margin: { t: 76 },
};
