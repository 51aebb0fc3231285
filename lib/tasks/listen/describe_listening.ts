import { markdownTable } from "../../files/mod.ts";
import type { Agreement, WhatItGave } from "../../listening/mod.ts";
import { estimateText } from "../../report/mod.ts";

/** What listeners agree on and what listening gave, in Markdown that reads well on a terminal, too. */
export function describeListening(agreed: Agreement, gave: WhatItGave): string {
  const { queues, set } = gave;
  return [
    "## What was heard\n",
    markdownTable(
      ["queue", "heard", "decided", "wrong labels", "share, 95 % interval"],
      queues.map(({ queue, heard, decided, wrong, share }) => [
        ...[queue, String(heard), String(decided), String(wrong), estimateText(share)],
      ]),
    ),
    ...set ? described(set) : ["\nWithout a random share (--queue random) nothing is told of the whole set.\n"],
    ...agreed.raters.length > 1 ? agreementLines(agreed) : [],
  ].join("\n");
}

function described({ wrong, unheard, classes }: NonNullable<WhatItGave["set"]>): string[] {
  const missing = unheard > 0 ? `, but for ${(100 * unheard).toFixed(1)} % of whose kind nothing was heard` : "";
  return [
    `\nWrong labels in the whole set, by the random share: ${estimateText(wrong)}${missing}.\n`,
    ...classes.flatMap(({ label, thresholds }) => [
      `\n### ${label}: what a threshold is worth, by what listeners say\n`,
      markdownTable(
        ["probability", "items above", "precision", "recall"],
        thresholds.map(({ threshold, above, precision, recall }) => [
          ...[String(threshold), String(above), estimateText(precision), estimateText(recall)],
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
        ) => [`Cohen's kappa, ${raters.join(" and ")}`, String(items), estimateText(kappa, figure)]),
        ["Fleiss' kappa", "", estimateText(fleiss, figure)],
        ["Krippendorff's alpha", String(items), estimateText(alpha, figure)],
        ...byClass.map(({ label, alpha }) => [`alpha of ${label} or not`, "", estimateText(alpha, figure)]),
      ],
    ),
    ...differences.length > 0 ? ["\n### Where they differ\n"] : [],
    ...differences.map(({ item, verdicts }) =>
      `- ${item}: ${verdicts.map(({ rater, verdict }) => `${rater} ${verdict}`).join(", ")}`
    ),
    "",
  ];
}

const figure = (value: number) => value.toFixed(2);
