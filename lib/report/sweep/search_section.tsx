import { type Figure, settingText } from "../../plots/mod.ts";
import { Plot } from "../page/plot.tsx";
import type { SweepView } from "./sweep_view.ts";
import type { SweepFigures } from "./sweep_figures.ts";

/** Which setting matters, and where its good values lie. */
export function Settings({ view, figures }: { view: SweepView; figures: SweepFigures }) {
  const slices = view.dimensions.flatMap(({ key, label, default: own }, i) => {
    const figure = figures[`slice-${i}`];
    const caption = [
      ...own === undefined ? [] : [`experiment ${settingText(own)}`],
      ...view.best && key in view.best.params ? [`best trial ${settingText(view.best.params[key])}`] : [],
    ].join(", ");
    return figure ? [{ id: `slice-${i}`, label, caption, figure }] : [];
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
      <h3>Setting by setting</h3>
      <p class="small muted">
        Each dot is a trial, a cross one that was stopped early (at the value that it had then), the star the best one.
        The dotted line is the experiment's own setting. The other settings differ between the trials as well.
      </p>
      <div class="figures">
        {slices.map(({ id, label, caption, figure }) => (
          <Plot key={id} id={id} figure={figure} title={`By ${label}`} caption={caption} />
        ))}
      </div>
    </section>
  );
}

const CAPTIONS: Record<string, { title: string; caption: string }> = {
  trials: {
    title: "Trials in their order",
    caption:
      "The line is the best so far: where it stays flat, more trials bring little. Dotted: the experiment's own settings.",
  },
  parallel: {
    title: "Settings side by side",
    caption:
      "Each line is one trial, from setting to setting down to its value. Where the best ones run together is what works.",
  },
  curves: {
    title: "Learning curves of all trials",
    caption:
      "Validation score so far, epoch by epoch. A cross marks where a trial was stopped, because the others were better by then.",
  },
  timeline: {
    title: "Who worked when",
    caption:
      "A row a worker, a bar a trial with its number; gaps are time without work. A trial that was interrupted stands from its first start to its end.",
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
