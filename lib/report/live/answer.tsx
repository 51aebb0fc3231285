import { drawnInput } from "../../features/input_presets.ts";
import { openInput } from "../../features/open_input.ts";
import { heatPng, spectrogramPng } from "../../pictures/bands_png.ts";
import { objectAddress } from "../../pictures/data_address.ts";
import { playableWav } from "../../pictures/playable_wav.ts";
import { SoundPicture } from "../../pictures/sound_picture.tsx";
import { heartWords, KNOWN, type SoundPrediction } from "../../predict/sound_prediction.ts";
import { modelWorth } from "../../predict/model_worth.ts";
import { soundMeaning } from "../../predict/sound_meaning.ts";
import type { Bundle } from "../../runs/bundle/bundle_schema.ts";
import { Chances } from "../page/chances.tsx";
import type { Sound } from "./read_sound.ts";

export interface AnswerProps {
  name: string;
  sound: Sound;
  prediction: SoundPrediction;
  bundle: Bundle;
  /** What the network heard of the whole recording, `[frames, bands]`. */
  picture: Float32Array;
  /** Where the network looked, `[frames, bands]`; `null` where that isn't known. */
  heat: Float32Array | null;
  /** Seconds that it took. */
  took: number;
}

/** The whole answer: verdict, reasons, spectrogram with what was heard where, probabilities, and what they are worth. */
export function Answer(props: AnswerProps) {
  const { prediction, bundle, name, took } = props;
  const { verdict, label, probabilities, duration, known, reasons } = prediction;
  const worth = modelWorth(bundle);
  const meaning = label === null ? undefined : soundMeaning(label);
  return (
    <article class="error live" data-verdict={verdict} data-probabilities={JSON.stringify(probabilities)}>
      <h3>{title(prediction, bundle.classes)}</h3>
      <p class="what">{`${name} · ${duration.toFixed(1)} s, answered in ${took.toFixed(2)} s on this machine`}</p>
      {known && <p class="warning">{KNOWN}</p>}
      {reasons.length > 0 && <ul class="plain">{reasons.map((reason) => <li key={reason}>{reason}</li>)}</ul>}
      {verdict === "refused" ? <p>Record again: quiet room, firm contact, 15 s or more, gain below clipping.</p> : (
        <>
          <Heard {...props} />
          <Chances
            chances={bundle.classes.map((of, c) => ({
              name: of === label ? `${of} (said)` : of,
              chance: probabilities![c],
              shown: probabilities![c].toFixed(3),
            }))}
          />
        </>
      )}
      {prediction.heart && <p class="small">Heart: {heartWords(prediction.heart)}.</p>}
      {meaning && <p class="small">{`${label}: ${meaning.meaning} (${meaning.source}).`}</p>}
      <p class="small">What the model is worth: {worth.score}.</p>
      {worth.warning && <p class="small warning">{worth.warning}</p>}
      {verdict !== "refused" && (
        <p class="small muted">No diagnosis: a research model, no medical device. The sound stays here.</p>
      )}
    </article>
  );
}

function title({ verdict, label, probabilities }: SoundPrediction, classes: readonly string[]): string {
  if (verdict === "refused" || label === null) return "No answer: this recording can't be judged";
  return verdict === "unsure"
    ? `${label}, but unsure`
    : `${label}, ${Math.round(100 * probabilities![classes.indexOf(label)])} %`;
}

/** What stays of a file that could not be judged. */
export function Unread({ name, message }: { name: string; message: string }) {
  return (
    <article class="error unread" data-verdict="refused">
      <h3>Not read</h3>
      <p class="what">{name}</p>
      <p>{message}</p>
    </article>
  );
}

/** Highest rate that is played, Hz: beyond, no heart and hardly a lung is heard. */
const PLAYED = 8000;

/** Spectrogram and player of the whole recording, and below one strip a class: the darker, the likelier in that window. */
function Heard({ sound, prediction: { duration, timeline, states }, bundle, picture: data, heat }: AnswerProps) {
  const { axes, bands } = openInput(drawnInput(bundle.input));
  const shape = { frames: data.length / bands, bands };
  const [names, pieces] = bundle.frameAnswers ? [bundle.frameAnswers.classes, states] : [bundle.classes, timeline];
  return (
    <div class="live-sound">
      <SoundPicture
        seconds={duration}
        spectrogram={objectAddress("image/png", spectrogramPng(data, shape))}
        heat={heat ? objectAddress("image/png", heatPng(heat, shape)) : undefined}
        bands={axes.bands}
      />
      <audio
        controls
        aria-label="The recording, raised to full loudness"
        src={objectAddress("audio/wav", playableWav(sound.samples, { from: sound.sampleRate, to: PLAYED }))}
      />
      {heat && <button type="button" class="look" aria-pressed="false">Where the network looked</button>}
      {names.map((label, c) => (
        <>
          <span class="strip-name">{label}</span>
          <div class="strip" role="img" aria-label={`${label} over time`}>
            {pieces.map(({ start, end, probabilities }) => (
              <i
                key={start}
                title={`${label} ${Math.round(100 * probabilities[c])} %, ${start.toFixed(1)}–${end.toFixed(1)} s`}
                style={{
                  left: `${100 * start / duration}%`,
                  width: `${100 * (end - start) / duration}%`,
                  opacity: probabilities[c].toFixed(3),
                }}
              />
            ))}
          </div>
        </>
      ))}
    </div>
  );
}
