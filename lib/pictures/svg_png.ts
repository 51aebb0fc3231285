/** An SVG picture as PNG, two pixels to a point. */
export async function svgPng(svg: string): Promise<Uint8Array> {
  return (await loadSvgPng())(svg);
}

/** Loads the renderer, which draws without waiting from then on. */
export async function loadSvgPng(): Promise<(svg: string) => Uint8Array> {
  const { Resvg } = await import("@resvg/resvg-js");
  const font = { loadSystemFonts: true, defaultFontFamily: "DejaVu Sans" };
  return (svg) => new Resvg(svg, { fitTo: { mode: "zoom", value: 2 }, font }).render().asPng();
}
