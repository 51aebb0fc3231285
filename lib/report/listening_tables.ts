import type { Agreement, Estimate, WhatItGave } from "../listening/mod.ts";

/** Rows of text, as a page and a terminal show them. */
export interface ListeningTable {
  head: string[];
  rows: string[][];
}

/** What came of each queue, and what the random one says of the whole set. */
export function heardTable({ queues, set }: WhatItGave): ListeningTable & { ofAll: string } {
  const unheard = set && set.unheard > 0 ? `, but for ${percent(set.unheard)} of whose kind nothing was heard` : "";
  return {
    head: ["queue", "heard", "decided", "wrong labels", "share, 95 % interval"],
    rows: queues.map(({ queue, heard, decided, wrong, share }) => [
      ...[queue, String(heard), String(decided), String(wrong), estimateText(share)],
    ]),
    ofAll: set
      ? `Wrong labels in the whole set, by the random share: ${estimateText(set.wrong)}${unheard}.`
      : "Without a random share (--queue random) nothing is told of the whole set.",
  };
}

export function agreementTable(agreed: Agreement): ListeningTable & { about: string } {
  const { raters, items, pairs, fleiss, alpha, byClass } = agreed;
  const row = (name: string, value: Estimate, sounds = "") => [name, sounds, estimateText(value, twoPlaces)];
  return {
    about: `${raters.join(", ")} gave a class to ${items} sounds of which another heard one, too.`,
    head: ["figure", "sounds", "value, 95 % interval over subjects"],
    rows: [
      ...pairs.map(({ raters, items, kappa }) => row(`Cohen's kappa, ${raters.join(" and ")}`, kappa, String(items))),
      row("Fleiss' kappa", fleiss),
      row("Krippendorff's alpha", alpha, String(items)),
      ...byClass.map(({ label, alpha }) => row(`alpha of ${label} or not`, alpha)),
    ],
  };
}

/** Sounds on which listeners differ. */
export function differencesTable({ differences }: Agreement): ListeningTable {
  return {
    head: ["sound", "verdicts"],
    rows: differences.map(({ item, verdicts }) => [
      ...[item, verdicts.map(({ rater, verdict }) => `${rater}: ${verdict}`).join("; ")],
    ]),
  };
}

/** A figure and its interval, as a share of 100 unless told otherwise. */
export function estimateText({ value, low, high }: Estimate, as: (value: number) => string = percent): string {
  return Number.isFinite(value) ? `${as(value)} (${as(low)} to ${as(high)})` : "can't be told";
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const twoPlaces = (value: number) => value.toFixed(2);
