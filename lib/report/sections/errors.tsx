import { dataAddress, heatPng, playableSound, SoundPicture, spectrogramPng, waveformPath } from "../../pictures/mod.ts";
import { Chances } from "../page/chances.tsx";
import { Section } from "../page/section.tsx";
import { tracer } from "../page/table.tsx";
import type { ReportView } from "../report_view.ts";
import type { LoadedExample } from "../read_run_files.ts";

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
    <Section id="errors" title="The worst errors" short="Worst errors">
      <p>
        The {traced(examples.length, "length")}{" "}
        errors in which the model left the least for the true class. Sounds are raised to full loudness; heart sounds
        are low, so use headphones. A click on a picture plays from there.
      </p>
      <p class="printed small muted">On paper the louder is the darker; sounds play on the page.</p>
      <div class="errors">
        {examples.map((example, i) => (
          <ErrorCard key={example.about.id} view={view} example={example} index={i} rate={rate} />
        ))}
      </div>
    </Section>
  );
}

/** Of an example by its place. */
const traced = tracer("examples/examples.json");

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
  return (
    <article class="error" aria-labelledby={`error-${index}`}>
      <h3 id={`error-${index}`}>
        {about.label} taken for {about.predicted}
      </h3>
      <p class="what">
        {traced(`${Math.round(100 * said)} %`, `${at}.probabilities`)} sure · {subject}, {recording},{" "}
        {traced(about.start.toFixed(2), `${at}.start`)}–{traced(about.end.toFixed(2), `${at}.end`)} s ·{" "}
        {view.listed(about.source)} · fold {traced(about.fold, `${at}.fold`)}
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
      <Chances
        chances={likeliest(about, view.classes).map(({ name, c, chance }) => ({
          name: name === about.label ? `${name} (true)` : name,
          wrong: name !== about.label,
          chance,
          shown: traced(chance.toFixed(2), `${at}.probabilities[${c}]`),
        }))}
      />
      {example.heat && example.logMel && (
        <div class="row">
          <button type="button" class="look" aria-pressed="false">Where the network looked</button>
          <span class="small muted">(Grad-CAM)</span>
        </div>
      )}
    </article>
  );
}

/** Waveform and spectrogram, as far as they are there. */
function Sound({ example: { about, samples, logMel, heat } }: { example: LoadedExample }) {
  const shape = { frames: about.frames, bands: about.bands };
  const png = (bytes: Uint8Array) => dataAddress("image/png", bytes);
  return (
    <SoundPicture
      seconds={about.end - about.start}
      waveform={samples ? waveformPath(samples) : undefined}
      spectrogram={logMel ? png(spectrogramPng(logMel, shape)) : undefined}
      heat={logMel && heat ? png(heatPng(heat, shape)) : undefined}
      bands={about.bandNames ?? about.bandsHz}
      events={about.events}
    />
  );
}

/** The five classes that the model thought likeliest, and the true one. */
function likeliest(about: LoadedExample["about"], classes: string[]) {
  return classes.map((name, c) => ({ name, c, chance: about.probabilities[c] ?? 0 }))
    .toSorted((a, b) => b.chance - a.chance)
    .filter(({ name }, rank) => rank < 5 || name === about.label);
}
