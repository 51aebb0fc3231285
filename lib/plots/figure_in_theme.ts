import type { Figure, Theme } from "./figure.ts";
import { SERIES } from "./palette.ts";
import { plotTemplate } from "./template.ts";

/** The same figure on the other paper: its template and the colours of its series change, nothing else. */
export function figureInTheme(figure: Figure, theme: Theme): Figure {
  const other = theme === "light" ? "dark" : "light";
  const { template: _, ...layout } = figure.layout;
  let text = JSON.stringify({ data: figure.data, layout });
  SERIES[other].forEach((colour, i) => text = text.replaceAll(`"${colour}"`, `"${SERIES[theme][i]}"`));
  const drawn: Figure = JSON.parse(text);
  return { data: drawn.data, layout: { ...drawn.layout, template: plotTemplate(theme) } };
}
