import type { Layout } from "plotly.js";

/** Layout of a figure whose legend stands in one or two lines between its title and its axes. */
export const LEGEND_ABOVE: Pick<Layout, "legend" | "margin"> = {
  legend: { orientation: "h", x: 0, y: 1.02, yanchor: "bottom" },
  margin: { t: 76 },
};
