import { join } from "node:path";
import type { Agreement, Estimate, TrainingComparison, WhatItGave } from "../listening/mod.ts";
import { type Figure, plotIntervalCurve } from "../plots/mod.ts";
import { between, numbers, shownFigure, Table } from "./page/table.tsx";
import { PageHead, Plot, Section } from "./page/section.tsx";
import { writePage } from "./page/render_page.tsx";

export interface ListeningResults {
  /** Of what was listened to. */
  title: string;
  agreed: Agreement;
  gave: WhatItGave;
  /** With the verdicts (`first`) and without, and the scores to show. */
  trained?: TrainingComparison & { scores: readonly string[] };
}

/** Writes `listening.html` into a folder: what was heard, what it says of the set, agreement, trainings. @returns its path. */
export async function renderListening(
  { title, agreed, gave, trained }: ListeningResults,
  folder: string,
): Promise<string> {
  const curves = (gave.set?.classes ?? []).map(({ label, thresholds }) => ({ label, figure: worth(thresholds) }));
  return await writePage(join(folder, "listening.html"), {
    title: `What listening gave: ${title} · Auscult`,
    kind: "listening",
    figures: Object.fromEntries(curves.map(({ figure }, i) => [`class${i}`, figure])),
    writtenFrom: "files of verdicts",
    body: (
      <>
        <PageHead title={`What listening gave: ${title}`} />
        <Heard gave={gave} />
        {curves.length > 0 && (
          <Section id="thresholds" title="What a threshold is worth">
            {curves.map(({ label, figure }, i) => (
              <Plot
                key={label}
                id={`class${i}`}
                figure={figure}
                title={label}
                caption="By what listeners call the random share, weighted to the whole set; 95 % intervals."
              />
            ))}
          </Section>
        )}
        {agreed.raters.length > 1 && <Agreed agreed={agreed} />}
        {trained && <Trained trained={trained} />}
      </>
    ),
  });
}

function worth(thresholds: NonNullable<WhatItGave["set"]>["classes"][number]["thresholds"]): Figure {
  const curve = (name: "precision" | "recall") => ({
    name,
    points: thresholds.map((one) => ({ ...one[name], x: one.threshold, y: one[name].value }))
      .filter(({ y }) => Number.isFinite(y)),
  });
  return plotIntervalCurve([curve("precision"), curve("recall")], { x: "probability at least", y: "share" });
}

function Heard({ gave }: { gave: WhatItGave }) {
  const { ofAll, ...queues } = heardTable(gave);
  return (
    <Section id="heard" title="What was heard">
      <Figures label="Queues" {...queues} />
      <p>{ofAll}</p>
    </Section>
  );
}

function Agreed({ agreed }: { agreed: Agreement }) {
  const { about, ...figures } = agreementTable(agreed);
  return (
    <Section id="agreement" title="Agreement">
      <p>{about}</p>
      <Figures label="Agreement" {...figures} />
      {agreed.differences.length > 0 && <Table label="Sounds on which they differ" {...differencesTable(agreed)} />}
    </Section>
  );
}

function Figures({ label, head: [first, ...others], rows }: ListeningTable & { label: string }) {
  return <Table label={label} head={[first, ...numbers(...others)]} rows={rows} />;
}

function Trained({ trained: { asGiven, asVerified, scores } }: { trained: NonNullable<ListeningResults["trained"]> }) {
  const rows = ([["as given", asGiven], ["as verified", asVerified]] as const).flatMap(([labels, { differences }]) =>
    differences.filter(({ score }) => scores.includes(score)).map((one) => [
      ...[labels, one.score, ...[one.first, one.second, one.difference].map(shownFigure)],
      ...[between(one, { to: " to " }), shownFigure(one.p)],
    ])
  );
  return (
    <Section id="trained" title="Trained with the verdicts and without">
      <p>{asGiven.items} items of {asGiven.subjects} subjects that both runs judged, paired.</p>
      <Table
        label="Trainings"
        head={["labels", "score", ...numbers("with", "without", "difference", "95 % interval", "p")]}
        rows={rows}
      />
    </Section>
  );
}

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
