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
