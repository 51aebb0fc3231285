import type { Figure } from "../../plots/mod.ts";
import { numbers, shownFigure, Table, tracer } from "../page/table.tsx";
import { Figures, Plot, Section } from "../page/section.tsx";
import type { ReportView } from "../report_view.ts";
import { coefficientsOf } from "../run_figures.ts";
import { bestRow } from "../../training/mod.ts";

export function Training({ view, figures }: { view: ReportView; figures: Record<string, Figure> }) {
  const { history } = view.run;
  if (!history || history.length === 0) return null;
  const probe = view.run.config?.experiment.training.linearProbe;
  if (probe) return <Probes {...{ view, figures, history }} c={probe.c} />;
  const figure = figures["learning-curves"];
  if (!figure) return null;
  const seconds = history.reduce((sum, row) => sum + row.seconds, 0);
  const speed = history.map((row) => row.samplesPerSecond).toSorted((a, b) => a - b)[history.length >> 1];
  const traced = tracer("history.csv");
  return (
    <Section id="training" title="Training">
      <p>
        {traced(history.length, "rows")} epochs took {traced((seconds / 60).toFixed(1), "sum of seconds")} minutes, at
        {" "}
        {traced(Math.round(speed), "median of samplesPerSecond")} samples a second.
      </p>
      <Plot
        id="learning-curves"
        figure={figure}
        title="Learning curves"
        caption="Thin lines are single trainings. A validation loss that rises while the training loss falls is learning by heart."
      />
      <OneEpoch history={history} />
    </Section>
  );
}

interface ProbesProps {
  view: ReportView;
  figures: Record<string, Figure>;
  history: NonNullable<ReportView["run"]["history"]>;
  c: readonly number[];
}

/** What linear probes chose: each row of their history is a penalty. */
function Probes({ view, figures, history, c }: ProbesProps) {
  const caption =
    "Of the numbers that weigh most, each for a standard deviation; to the right speaks for it. Points: mean of " +
    "the networks; lines: from the least to the greatest; open where they don't agree on the side.";
  const words = Object.keys(view.run.coefficients ?? {}).map((label) => [
    ...[coefficientsOf(label), { title: `What speaks for ${label}`, caption }],
  ]);
  const probes = [...Map.groupBy(history, ({ fold, seed }) => `fold ${fold + 1}, seed ${seed}`)];
  return (
    <Section id="training" title="Training">
      <p>
        The last layer is a logistic regression over what the layers before it give (a linear probe). Of the penalties,
        each as the inverse strength C, the one with the best validation score was taken.
      </p>
      <Figures figures={figures} words={Object.fromEntries(words)} column />
      <Table
        label="Validation score of each penalty"
        head={["training", ...numbers(...c.map((value) => `C = ${value}`), "taken")]}
        rows={probes.map(([name, rows]) => [
          ...[name, ...c.map((_, i) => shownFigure(rows[i]?.validationScore)), `${c[bestRow(rows)!.epoch - 1]}`],
        ])}
      />
    </Section>
  );
}

/** The values of one epoch by training; the page's script fills it. */
function OneEpoch({ history }: { history: NonNullable<ReportView["run"]["history"]> }) {
  const last = Math.max(...history.map(({ epoch }) => epoch));
  const rows = history.map(({ fold, seed, epoch, loss, validationLoss, validationScore }) => ({
    ...{ fold, seed, epoch, loss, validationLoss, validationScore },
  }));
  return (
    <details class="asked">
      <summary>One epoch in figures</summary>
      <p>
        <label>
          Epoch <input type="range" id="epoch" min="1" max={last} value={last} autocomplete="off" /> <output />
        </label>{" "}
        <span class="small muted">or point at the curves; a training that has stopped before has no row</span>
      </p>
      <Table
        id="epoch-table"
        label="Values of one epoch"
        head={["training", ...numbers("training loss", "validation loss", "validation score")]}
      />
      <script type="application/json" id="epoch-rows" dangerouslySetInnerHTML={{ __html: JSON.stringify(rows) }} />
    </details>
  );
}
