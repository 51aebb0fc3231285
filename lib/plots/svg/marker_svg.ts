export interface MarkerLook {
  /** Plotly's name of it. */
  symbol: string;
  /** Across, pixels. */
  size: number;
  colour: string;
  opacity?: number;
  /** Width of strokes, pixels. */
  stroke?: number;
}

/** Outlines by plotly's names, from -1 to 1, upwards negative. */
const OUTLINES: Record<string, string> = {
  square: "M-1,-1H1V1H-1Z",
  diamond: "M0,-1.3L1.3,0L0,1.3L-1.3,0Z",
  star: "M0,-1.4L.33,-.45L1.33,-.43L.53,.17L.82,1.13L0,.56L-.82,1.13L-.53,.17L-1.33,-.43L-.33,-.45Z",
};

/** Strokes without an inside. */
const STROKES: Record<string, string> = {
  "line-ns": "M0,-1.4V1.4",
  "line-ew": "M-1.4,0H1.4",
  "x-thin": "M-1,-1L1,1M1,-1L-1,1",
  "cross-thin": "M0,-1.4V1.4M-1.4,0H1.4",
};

/** A point as SVG; a symbol that isn't known is a dot. */
export function markerSvg([x, y]: readonly [number, number], look: MarkerLook): string {
  const { symbol, size, colour, opacity = 1, stroke = 1.5 } = look;
  const name = symbol.replace(/-(open|dot|open-dot)$/, "");
  const open = symbol.includes("-open");
  const [cx, cy] = [x.toFixed(1), y.toFixed(1)];
  const paint = name in STROKES || open
    ? `fill="none" stroke="${colour}" stroke-width="${stroke}" stroke-opacity="${opacity}"`
    : `fill="${colour}" fill-opacity="${opacity}"`;
  const outline = STROKES[name] ?? OUTLINES[name];
  return outline === undefined
    ? `<circle cx="${cx}" cy="${cy}" r="${size / 2}" ${paint}/>`
    : `<path transform="translate(${cx} ${cy})" d="${scaled(outline, size / 2)}" ${paint}/>`;
}

/** The outline with its numbers enlarged; a transform would widen its strokes, too. */
function scaled(outline: string, factor: number): string {
  return outline.replaceAll(/-?\d*\.?\d+/g, (number) => String(Number((Number(number) * factor).toFixed(2))));
}
