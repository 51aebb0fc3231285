import type { Figure } from "../../plots/mod.ts";
import { Plot } from "../page/plot.tsx";
import type { SweepView } from "./sweep_view.ts";
import type { SweepFigures } from "./sweep_figures.ts";

/** Which setting matters, and where its good values lie. */
export function Settings({ view, figures }: { view: SweepView; figures: SweepFigures }) {
  const slices = view.dimensions.flatMap(({ label }, i) => {
    const figure = figures[`slice-${i}`];
    return figure ? [{ id: `slice-${i}`, label, figure }] : [];
  });
  if (slices.length === 0) return null;
  return (
    <section id="settings" aria-labelledby="settings-title">
      <h2 id="settings-title">Which setting matters</h2>
      <div class="figures">
        {figures.importances && (
          <Plot
            id="importances"
            figure={figures.importances}
            title="Importance"
            caption="How far the settings of the best tenth differ from those of all trials (PED-ANOVA). Shares of the sum."
          />
        )}
        {figures.contour && (
          <Plot
            id="contour"
            figure={figures.contour}
            title="The two that matter most"
            caption="Smoothed over the trials, which are the dots; the star is the best. Blank where nothing was tried."
          />
        )}
      </div>
      <div class="figures">
        {slices.map(({ id, label, figure }) => (
          <Plot
            key={id}
            id={id}
            figure={figure}
            title={`By ${label}`}
            caption="Each dot is a trial, a cross one that was stopped early, the star the best. Dotted: the experiment's own setting."
          />
        ))}
      </div>
    </section>
  );
}

const CAPTIONS: Record<string, { title: string; caption: string }> = {
  trials: {
    title: "Trials in their order",
    caption: "The line is the best so far: where it stays flat, more trials bring little.",
  },
  parallel: {
    title: "Settings side by side",
    caption:
      "Each line is one trial, from setting to setting to its value at the right. Lines that run together are what works.",
  },
  curves: {
    title: "Learning curves of all trials",
    caption:
      "Validation score so far, epoch by epoch. A cross marks where a trial was stopped, because the others were better by then.",
  },
  timeline: {
    title: "Who worked when",
    caption: "A row a worker, a bar a trial with its number; gaps are time without work.",
  },
};

/** How the search went. */
export function Search({ figures, note }: { figures: SweepFigures; note: string }) {
  const shown = Object.entries(CAPTIONS).flatMap(([id, texts]) => {
    const figure: Figure | undefined = figures[id];
    return figure ? [{ id, figure, ...texts }] : [];
  });
  if (shown.length === 0) return null;
  return (
    <section id="search" aria-labelledby="search-title">
      <h2 id="search-title">How the search went</h2>
      <div class="figures" style={{ gridTemplateColumns: "minmax(0, 1fr)" }}>
        {shown.map(({ id, ...rest }) => <Plot key={id} id={id} {...rest} />)}
      </div>
      {note && <p class="small muted">{note}</p>}
    </section>
  );
}
