import { svgText } from "../../pictures/mod.ts";
import type { AxisScale } from "./axis_scale.ts";

/** Width of a letter, pixels. */
export const LETTER = 6.6;

/** The lines of an upright axis at its ticks, and what stands beside them. */
export function gridLines(
  scale: AxisScale,
  { box, colour, ink }: { box: { left: number; right: number }; colour: string; ink: string },
): string[] {
  return scale.ticks.map(({ at, text: label }) =>
    `<line x1="${box.left}" x2="${box.right}" y1="${at}" y2="${at}" stroke="${colour}"/>` +
    text(shortened(label, box.left / LETTER - 3), { x: box.left - 6, y: at + 4, anchor: "end", colour: ink, size: 11 })
  );
}

/** What stands below the ticks of a level axis; slanted where it has no room. */
export function bottomTicks(
  scale: AxisScale,
  { y, ink, slanted }: { y: number; ink: string; slanted: boolean },
): string[] {
  return scale.ticks.map(({ at, text: label }) =>
    slanted
      ? text(shortened(label, 24), { x: at + 4, y: y + 12, anchor: "end", colour: ink, size: 11, turned: -40 })
      : text(label, { x: at, y: y + 16, anchor: "middle", colour: ink, size: 11 })
  );
}

function shortened(text: string, letters: number): string {
  return text.length > letters ? `${text.slice(0, Math.floor(letters) - 1)}…` : text;
}

/** A text without its markup; nothing for none. */
export function text(content: string | undefined, place: Parameters<typeof svgText>[1]): string {
  const plain = (content ?? "").replaceAll(/<br\s*\/?>/g, " ").replaceAll(/<[^>]+>/g, "");
  return svgText(plain, { size: 13, ...place });
}
