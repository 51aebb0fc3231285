import { escapeXml } from "../../pictures/mod.ts";
import type { PaperRun } from "../paper_run.ts";

/** Classes up to which each answer is named; the confusion matrix has all. */
const NAMED = 3;
const LINE = 15, GAP = 26, INK = "#1c2127";

interface Box {
  x: number;
  width: number;
  lines: string[];
}

/**
 * Who was used, learned from and judged, and what was said of them, as boxes from top to bottom (the flow of participants
 * that STARD 2015 asks for). Empty where data.json is missing.
 */
export function subjectFlow({ run, metrics, classes }: PaperRun, { width }: { width: number }): string {
  const { data, splits } = run;
  if (!data) return "";
  const several = (splits ?? []).length > 1;
  const amount = ({ subjects, recordings, items }: { subjects: number; recordings: number; items: number }) => [
    `${subjects} subjects`,
    `${recordings} recordings`,
    `${items} items`,
  ];
  const shared = (boxes: string[][]): Box[] => {
    const each = (width - 8 * (boxes.length + 1)) / boxes.length;
    return boxes.map((lines, i) => ({ x: 8 + i * (each + 8), width: each, lines }));
  };
  const { counts } = metrics?.confusion ?? { counts: [] };
  const judged = counts.map((row, truth) => {
    const total = row.reduce(sum, 0), right = row[truth];
    const called = classes.length > NAMED
      ? [`${right} called so`, `${total - right} called otherwise`]
      : row.map((count, said) => `${count} called ${classes[said]}`);
    return [`true: ${classes[truth]}`, `${total} items`, ...called];
  });
  const rows = [
    shared([["Used", ...amount(data.total)], [
      "Left out",
      `${data.passedOver.length} ${data.passedOver.length === 1 ? "file or item" : "files or items"}`,
    ]]),
    shared(data.byPart.map((part) => [`${part.part}${several ? ", first fold" : ""}`, ...amount(part)])),
    ...(judged.length > 0
      ? [shared([[`Judged${several ? ` in ${splits!.length} splits` : ""}`, `${counts.flat().reduce(sum, 0)} items`]])]
      : []),
    ...chunks(judged, Math.max(1, Math.floor(width / 135))).map(shared),
  ];
  let y = 8;
  const parts: string[] = [];
  rows.forEach((boxes, r) => {
    const height = 10 + LINE * Math.max(...boxes.map(({ lines }) => lines.length));
    parts.push(...boxes.map((box) => boxSvg(box, { y, height })));
    if (r > 0) parts.push(`<path d="M${width / 2},${y - GAP}V${y}m-4,-7l4,7l4,-7" fill="none" stroke="${INK}"/>`);
    y += height + GAP;
  });
  const height = y - GAP + 8;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ` +
    `font-family="DejaVu Sans, Arial, Helvetica, sans-serif" font-size="11"><rect width="100%" height="100%" ` +
    `fill="#ffffff"/>${parts.join("")}</svg>`;
}

function sum(a: number, b: number): number {
  return a + b;
}

function chunks<T>(values: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, i) => values.slice(i * size, (i + 1) * size));
}

function boxSvg({ x, width, lines }: Box, { y, height }: { y: number; height: number }): string {
  const letters = Math.floor((width - 8) / 6.2);
  const texts = lines.map((line, i) => {
    const shown = line.length > letters ? `${line.slice(0, letters - 1)}…` : line;
    return `<text x="${x + width / 2}" y="${y + LINE * (i + 1)}" text-anchor="middle" fill="${INK}"` +
      `${i === 0 ? ' font-weight="bold"' : ""}>${escapeXml(shown.replaceAll("&", "&amp;"))}</text>`;
  });
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="#ffffff" stroke="${INK}"/>${
    texts.join("")
  }`;
}
