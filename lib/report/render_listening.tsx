import { join } from "node:path";
import type { Agreement, Estimate, TrainingComparison, WhatItGave } from "../listening/mod.ts";
import { type Figure, plotIntervalCurve } from "../plots/mod.ts";
import { Plot } from "./page/plot.tsx";
import { Section } from "./page/section.tsx";
import { numbers, Table } from "./page/table.tsx";
import { writePage } from "./page/write_page.ts";

/** What a page says of listening. */
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
        <header class="head">
          <h1>What listening gave: {title}</h1>
        </header>
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

function Heard({ gave: { queues, set } }: { gave: WhatItGave }) {
  return (
    <Section id="heard" title="What was heard">
      <Table
        label="Queues"
        head={["queue", ...numbers("heard", "decided", "wrong labels", "share, 95 % interval")]}
        rows={queues.map(({ queue, heard, decided, wrong, share }) => [
          ...[queue, heard, decided, wrong, estimateText(share)],
        ])}
      />
      <p>
        {set
          ? `Wrong labels in the whole set, by the random share: ${estimateText(set.wrong)}${
            set.unheard > 0 ? `, but for ${percent(set.unheard)} of whose kind nothing was heard` : ""
          }.`
          : "Without a random share (--queue random) nothing is told of the whole set."}
      </p>
    </Section>
  );
}

function Agreed({ agreed: { raters, items, pairs, fleiss, alpha, byClass, differences } }: { agreed: Agreement }) {
  const figures: [string, Estimate][] = [
    ...pairs.map(({ raters, kappa }): [string, Estimate] => [`Cohen's kappa, ${raters.join(" and ")}`, kappa]),
    ["Fleiss' kappa", fleiss],
    ["Krippendorff's alpha", alpha],
    ...byClass.map(({ label, alpha }): [string, Estimate] => [`alpha of ${label} or not`, alpha]),
  ];
  return (
    <Section id="agreement" title="Agreement">
      <p>{raters.join(", ")} gave a class to {items} sounds of which another heard one, too.</p>
      <Table
        label="Agreement"
        head={["figure", ...numbers("value, 95 % interval over subjects")]}
        rows={figures.map(([name, value]) => [name, estimateText(value, (figure) => figure.toFixed(2))])}
      />
      {differences.length > 0 && (
        <Table
          label="Sounds on which they differ"
          head={["sound", "verdicts"]}
          rows={differences.map(({ item, verdicts }) => [
            ...[item, verdicts.map(({ rater, verdict }) => `${rater}: ${verdict}`).join("; ")],
          ])}
        />
      )}
    </Section>
  );
}

function Trained({ trained: { asGiven, asVerified, scores } }: { trained: NonNullable<ListeningResults["trained"]> }) {
  const shown = (value: number | null) => value === null ? "–" : value.toFixed(3);
  const rows = ([["as given", asGiven], ["as verified", asVerified]] as const).flatMap(([labels, { differences }]) =>
    differences.filter(({ score }) => scores.includes(score)).map((one) => [
      ...[labels, one.score, ...[one.first, one.second, one.difference].map(shown)],
      ...[one.low === null ? "–" : `${shown(one.low)} to ${shown(one.high)}`, shown(one.p)],
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

/** A figure and its interval, as a share of 100 unless told otherwise. */
export function estimateText({ value, low, high }: Estimate, as: (value: number) => string = percent): string {
  return Number.isFinite(value) ? `${as(value)} (${as(low)} to ${as(high)})` : "can't be told";
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
