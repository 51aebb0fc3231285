import { datasetInfo, datasetNames } from "../../lib/datasets/mod.ts";
import { lowerIsBetter, scoreName, scoreTable } from "../../lib/scores/mod.ts";
import { type FeaturePreset, presets } from "../../lib/features/mod.ts";
import { markdownTable } from "../../lib/files/mod.ts";
import { schemaDocs } from "./schema_docs.ts";

/** A name or value of a program. */
export function code(value: unknown): string {
  return `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
}

/** What each preset is made of, and where its numbers are from. */
export async function presetTable(file: string): Promise<string> {
  const docs = await schemaDocs(file);
  const rows = Object.entries<FeaturePreset>(presets).map(([name, preset]) => {
    const { sampleRate, nFft, winLength, hopLength, nMels, fMin, fMax } = preset;
    return [
      code(name),
      ...[sampleRate, nFft, winLength, hopLength, nMels].map(String),
      `${fMin} to ${fMax}`,
      docs.get(`presets.${name}`) ?? "",
    ];
  });
  return markdownTable(
    ["preset", "sampleRate, Hz", "nFft", "winLength", "hopLength", "nMels", "fMin to fMax, Hz", "from"],
    rows,
  );
}

/** Every score, what it means and what it needs. */
export function scoresTable(): string {
  const rows = [...scoreTable.values()].map(({ name: key, shown, unit, parts, needs }) => {
    const { name, meaning } = scoreName(key);
    const made = parts ? `; with ${Object.keys(parts).map((part) => `${key}/${part}`).join(", ")}` : "";
    return [
      code(key),
      name,
      meaning + made,
      lowerIsBetter(key) ? "lower" : "higher",
      unit ? `official, by ${unit}` : shown === "asked" ? "where asked for" : "general",
      (needs?.(["healthy"]) ?? "").replace(/^it needs /, ""),
    ];
  });
  return markdownTable(["score", "name", "meaning", "better", "kind", "needs"], rows);
}

/** Every task of every dataset. */
export function datasetTable(): string {
  const rows = datasetNames().flatMap((name) => {
    const { tasks, parts } = datasetInfo(name);
    return Object.entries(tasks).map(([task, { classes, about }]) => [
      ...[code(name), code(task), classes.join(", ") || "those of the table", parts.join(", ") || "those of the table"],
      about,
    ]);
  });
  return markdownTable(["name", "task", "classes", "parts", "question"], rows);
}
