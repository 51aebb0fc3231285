import { markdownTable } from "../../files/mod.ts";
import type { Agreement, WhatItGave } from "../../listening/mod.ts";
import { agreementTable, differencesTable, estimateText, heardTable, type ListeningTable } from "../../report/mod.ts";

/** What listeners agree on and what listening gave, in Markdown that reads well on a terminal, too. */
export function describeListening(agreed: Agreement, gave: WhatItGave): string {
  const heard = heardTable(gave), figures = agreementTable(agreed);
  return [
    "## What was heard\n",
    shown(heard),
    `\n${heard.ofAll}\n`,
    ...(gave.set?.classes ?? []).flatMap(({ label, thresholds }) => [
      `\n### ${label}: what a threshold is worth, by what listeners say\n`,
      markdownTable(
        ["probability", "items above", "precision", "recall"],
        thresholds.map(({ threshold, above, precision, recall }) => [
          ...[String(threshold), String(above), estimateText(precision), estimateText(recall)],
        ]),
      ),
    ]),
    ...agreed.raters.length > 1 ? ["\n## Agreement\n", `${figures.about}\n`, shown(figures), ""] : [],
    ...agreed.differences.length > 0 ? ["\n### Where they differ\n", shown(differencesTable(agreed)), ""] : [],
  ].join("\n");
}

function shown({ head, rows }: ListeningTable): string {
  return markdownTable(head, rows);
}
