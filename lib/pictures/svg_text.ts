import { escapeXml } from "./escape_xml.ts";

/** A text in an SVG picture; nothing for none. `turned` is in degrees, clockwise. */
export function svgText(
  content: string,
  { x, y, anchor = "start", size = 11, colour = "#5a6472", turned = 0 }: {
    x: number;
    y: number;
    anchor?: string;
    size?: number;
    colour?: string;
    turned?: number;
  },
): string {
  if (content === "") return "";
  const turn = turned ? ` transform="rotate(${turned} ${x} ${y})"` : "";
  return `<text x="${x}" y="${y}" fill="${colour}" font-size="${size}" text-anchor="${anchor}"${turn}>${
    escapeXml(content)
  }</text>`;
}
