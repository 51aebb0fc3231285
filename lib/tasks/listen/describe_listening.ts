import { markdownTable } from "../../files/mod.ts";
import type { Agreement, Estimate, WhatItGave } from "../../listening/mod.ts";

/** What listeners agree on and what listening gave, in Markdown that reads well on a terminal, too. */
export function describeListening(agreed: Agreement, gave: WhatItGave): string {
  const { queues, set } = gave;
  return [
    "## What was heard\n",
    markdownTable(
      ["queue", "heard", "decided", "wrong labels", "share, 95 % interval"],
      queues.map(({ queue, heard, decided, wrong, share }) => [
        ...[queue, String(heard), String(decided), String(wrong), shown(share)],
      ]),
    ),
    ...set ? described(set) : ["\nWithout a random share (--queue random) nothing is told of the whole set.\n"],
    ...agreed.raters.length > 1 ? agreementLines(agreed) : [],
  ].join("\n");
}

function described({ wrong, unheard, classes }: NonNullable<WhatItGave["set"]>): string[] {
  const missing = unheard > 0 ? `, but for ${percent(unheard)} of whose kind nothing was heard` : "";
  return [
    `\nWrong labels in the whole set, by the random share: ${shown(wrong)}${missing}.\n`,
    ...classes.flatMap(({ label, thresholds }) => [
      `\n### ${label}: what a threshold is worth, by what listeners say\n`,
      markdownTable(
        ["probability", "items above", "precision", "recall"],
        thresholds.map(({ threshold, above, precision, recall }) => [
          ...[String(threshold), String(above), shown(precision), shown(recall)],
        ]),
      ),
    ]),
  ];
}

function agreementLines({ raters, items, pairs, fleiss, alpha, byClass, differences }: Agreement): string[] {
  return [
    "\n## Agreement\n",
    `${raters.join(", ")} gave a class to ${items} sounds of which another heard one, too.\n`,
    markdownTable(
      ["", "sounds", "value, 95 % interval over subjects"],
      [
        ...pairs.map((
          { raters, items, kappa },
        ) => [`Cohen's kappa, ${raters.join(" and ")}`, String(items), shown(kappa, figure)]),
        ["Fleiss' kappa", "", shown(fleiss, figure)],
        ["Krippendorff's alpha", String(items), shown(alpha, figure)],
        ...byClass.map(({ label, alpha }) => [`alpha of ${label} or not`, "", shown(alpha, figure)]),
      ],
    ),
    ...differences.length > 0 ? ["\n### Where they differ\n"] : [],
    ...differences.map(({ item, verdicts }) =>
      `- ${item}: ${verdicts.map(({ rater, verdict }) => `${rater} ${verdict}`).join(", ")}`
    ),
    "",
  ];
}

function shown({ value, low, high }: Estimate, as: (value: number) => string = percent): string {
  return Number.isFinite(value) ? `${as(value)} (${as(low)} to ${as(high)})` : "can't be told";
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const figure = (value: number) => value.toFixed(2);
