import { bandTicks } from "../../plots/mod.ts";
import { heatPicture, playableSound, spectrogramPicture, waveformPath } from "../example_media.ts";
import { Traced } from "../page/traced.tsx";
import type { ReportView } from "../report_view.ts";
import type { LoadedExample } from "../run_files.ts";

/** Sounds in a report take at most this many bytes before they are written as text. */
const SOUND_BYTES = 3_200_000;

/** Rates of the sounds, Hz: the highest with which they are small enough, and none that browsers don't play. */
const RATES = [8000, 4000, 3500, 3000];

/** The items that the model got most wrong, to be seen and heard. */
export function Errors({ view }: { view: ReportView }) {
  const { examples } = view.run;
  if (!examples || examples.length === 0) return null;
  const seconds = examples.reduce((sum, { about }) => sum + about.end - about.start, 0);
  const rate = RATES.find((hz) => 2 * hz * seconds <= SOUND_BYTES) ?? RATES.at(-1)!;
  return (
    <section id="errors" aria-labelledby="errors-title">
      <h2 id="errors-title">The worst errors</h2>
      <p>
        The <Traced value={examples.length} file="examples/examples.json" at="length" />{" "}
        errors in which the model left the least for the true class. Sounds are raised to full loudness; heart sounds
        are low, so use headphones. A click on a picture plays from there.
      </p>
      <p class="printed small muted">On paper the louder is the darker; sounds play on the page.</p>
      <div class="errors">
        {examples.map((example, i) => (
          <ErrorCard key={example.about.id} view={view} example={example} index={i} rate={rate} />
        ))}
      </div>
    </section>
  );
}

interface CardProps {
  view: ReportView;
  example: LoadedExample;
  index: number;
  /** Highest rate of the sound, Hz. */
  rate: number;
}

function ErrorCard({ view, example, index, rate }: CardProps) {
  const { about, samples } = example;
  const subject = view.carded("subject", about.subject);
  const recording = view.carded("recording", about.recording);
  const said = about.probabilities[view.classes.indexOf(about.predicted)] ?? Math.max(...about.probabilities);
  const at = `[${index}]`;
  const file = "examples/examples.json";
  return (
    <article class="error" aria-labelledby={`error-${index}`}>
      <h3 id={`error-${index}`}>
        {about.label} taken for {about.predicted}
      </h3>
      <p class="what">
        <Traced value={`${Math.round(100 * said)} %`} file={file} at={`${at}.probabilities`} /> sure · {subject},{" "}
        {recording}, <Traced value={about.start.toFixed(2)} file={file} at={`${at}.start`} />–
        <Traced value={about.end.toFixed(2)} file={file} at={`${at}.end`} /> s · {view.listed(about.source)} · fold{" "}
        <Traced value={about.fold} file={file} at={`${at}.fold`} />
      </p>
      <Sound example={example} />
      {samples
        ? (
          <audio
            controls
            preload="metadata"
            aria-label={`${about.label} taken for ${about.predicted}, sound ${index + 1}`}
            src={playableSound(samples, { from: about.sampleRate, to: rate })}
          />
        )
        : <p class="small muted">The sound is missing.</p>}
      <Chances about={about} classes={view.classes} at={at} />
      {example.heat && example.logMel && (
        <div class="row">
          <button type="button" class="look" aria-pressed="false">Where the network looked</button>
          <span class="small muted">(Grad-CAM)</span>
        </div>
      )}
    </article>
  );
}

/** Waveform and spectrogram on one time axis, with events and the cursor of the player. */
function Sound({ example: { about, samples, logMel, heat } }: { example: LoadedExample }) {
  const seconds = about.end - about.start;
  const x = (time: number) => `${(100 * Math.max(0, Math.min(1, time / seconds))).toFixed(2)}%`;
  const shape = { frames: about.frames, nMels: about.nMels };
  const step = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20].find((every) => seconds / every <= 8) ?? 60;
  const times = Array.from({ length: Math.floor(seconds / step + 1e-9) + 1 }, (_, i) => i * step);
  return (
    <div class="sound">
      <div class="hz" aria-hidden="true">
        <span class="unit">frequency (Hz)</span>
        {logMel &&
          bandTicks(about.bandsHz, { apart: 0.12 }).map(({ hz, band }) => (
            <span key={hz} style={{ bottom: `${(168 * (band + 0.5) / about.nMels).toFixed(1)}px` }}>{hz}</span>
          ))}
      </div>
      <div class="stack" data-seconds={seconds}>
        {samples && (
          <svg class="wave" viewBox="0 0 400 2" preserveAspectRatio="none" role="img" aria-label="Waveform">
            <path d={waveformPath(samples)} />
          </svg>
        )}
        <div class="mel">
          {logMel && <img src={spectrogramPicture(logMel, shape)} alt="Log-Mel spectrogram" />}
          {logMel && heat && <img class="heat" src={heatPicture(heat, shape)} alt="" />}
          {!logMel && <p>The spectrogram is missing.</p>}
          {about.events.map((event, i) => (
            <div
              key={i}
              class="event"
              style={{ left: x(event.start), width: `calc(${x(event.end)} - ${x(event.start)})` }}
            >
              <b title={event.label}>{event.label}</b>
            </div>
          ))}
        </div>
        <div class="cursor" />
      </div>
      <div class="seconds" aria-hidden="true">
        {times.map((time) => <span key={time} style={{ left: x(time) }}>{Number(time.toFixed(1))}</span>)}
        <em>time (s)</em>
      </div>
    </div>
  );
}

/** What the model thought of each class, the five likeliest and the true one. */
function Chances({ about, classes, at }: { about: LoadedExample["about"]; classes: string[]; at: string }) {
  const all = classes.map((name, c) => ({ name, c, chance: about.probabilities[c] ?? 0 }))
    .toSorted((a, b) => b.chance - a.chance)
    .filter(({ name }, rank) => rank < 5 || name === about.label);
  return (
    <div class="chances">
      {all.map(({ name, c, chance }) => (
        <div key={name} class={name === about.label ? undefined : "wrong"}>
          <span>{name}{name === about.label && " (true)"}</span>
          <span class="track">
            <span class="fill" style={{ display: "block", width: `${(100 * chance).toFixed(1)}%` }} />
          </span>
          <span class="p">
            <Traced value={chance.toFixed(2)} file="examples/examples.json" at={`${at}.probabilities[${c}]`} />
          </span>
        </div>
      ))}
    </div>
  );
}
