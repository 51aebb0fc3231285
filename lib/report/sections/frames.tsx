import { onsetScores } from "../../evaluation/mod.ts";
import { dataAddress, SoundPicture, spectrogramPng } from "../../pictures/mod.ts";
import { SERIES } from "../../plots/mod.ts";
import type { RunFrames } from "../../runs/mod.ts";
import { Section } from "../page/section.tsx";
import { tracer } from "../page/table.tsx";
import type { ReportView } from "../report_view.ts";
import { ScoreTable } from "./score_table.tsx";

/** What was heard when, as annotated and as the network says, below the spectrogram. */
export function Frames({ view }: { view: ReportView }) {
  const { frames } = view.run;
  if (!frames || frames.about.shown.length === 0) return null;
  const { classes, shown } = frames.about;
  const traced = tracer("frames.json", "shown");
  return (
    <Section id="frames" title="What is heard when" short="Frames">
      <p>
        Recordings from the one that went worst to the one that went best. Upper strip: as annotated, blank where
        nothing is. Lower strip: as the network says, which had not heard the subject.
      </p>
      <p>
        {classes.map((name, place) => (
          <span key={name}>
            <svg width="12" height="12" aria-hidden="true">
              <rect width="12" height="12" fill={colourOf(place)} />
            </svg>{" "}
            {name}
            {" "}
          </span>
        ))}
      </p>
      {frames.metrics && (
        <ScoreTable
          caption="Onsets and frames, all folds and seeds together"
          scores={frames.metrics.parts.test.pooled.item ?? {}}
          file="frames/metrics.json"
          at="parts.test.pooled.item"
          wanted={[...onsetScores]}
        />
      )}
      {shown.map((one, i) => {
        const picture = frames.pictures[i];
        const png = picture && dataAddress("image/png", spectrogramPng(picture, one));
        return (
          <article key={one.picture} class="error" aria-labelledby={`frames-${i}`}>
            <h3 id={`frames-${i}`}>
              {view.carded("recording", one.recording)}, {view.carded("subject", one.subject)}
            </h3>
            <p class="what">
              {traced(`${Math.round(100 * one.right)} %`, `[${i}].right`)} of all its frames are right; shown from{" "}
              {traced(one.start, `[${i}].start`, 2)} s
            </p>
            <SoundPicture
              seconds={one.frames * one.hop}
              spectrogram={png ?? undefined}
              bands={one.bandNames ?? one.bandsHz}
              height={120}
            />
            <Strip name="annotated" labels={one.truth} classes={classes} />
            <Strip name="network" labels={one.said} classes={classes} />
          </article>
        );
      })}
    </Section>
  );
}

/** Classes of frames as blocks of colour along the time of the picture above. */
function Strip(
  { name, labels, classes }: { name: string; labels: RunFrames["shown"][number]["truth"]; classes: string[] },
) {
  const runs: { label: number; from: number; to: number }[] = [];
  labels.forEach((label, frame) => {
    const last = runs.at(-1);
    if (last?.label === label) last.to = frame + 1;
    else runs.push({ label, from: frame, to: frame + 1 });
  });
  return (
    <div style={{ display: "grid", gridTemplateColumns: "3.7rem minmax(0, 1fr)", fontSize: "0.72rem" }}>
      <span>{name}</span>
      <svg
        width="100%"
        height="16"
        viewBox={`0 0 ${labels.length} 1`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Classes, ${name}`}
      >
        {runs.filter(({ label }) => label >= 0).map(({ label, from, to }) => (
          <rect key={from} x={from} width={to - from} height="1" fill={colourOf(label)}>
            <title>{classes[label]}</title>
          </rect>
        ))}
      </svg>
    </div>
  );
}

function colourOf(place: number): string {
  return SERIES.light[place % SERIES.light.length];
}
