import { bandAxis } from "../../features/axes.ts";
import { featurePreset } from "../../features/input_options.ts";
import { logMel } from "../../features/log_mel.ts";
import { prepareSamples } from "../../features/prepare_samples.ts";
import { bandTicks } from "../../plots/band_ticks.ts";
import { KNOWN } from "../../predict/known_recording.ts";
import { modelWorth } from "../../predict/model_worth.ts";
import { soundMeaning } from "../../predict/sound_meaning.ts";
import type { SoundPrediction } from "../../predict/sound_prediction.ts";
import type { Bundle } from "../../runs/bundle/bundle_schema.ts";
import { playableWav } from "../playable_wav.ts";
import type { Sound } from "./read_sound.ts";

/** What {@linkcode showPrediction} draws from. */
export interface ShownPrediction {
  name: string;
  sound: Sound;
  prediction: SoundPrediction;
  bundle: Bundle;
  colours: readonly (readonly number[])[];
  /** Where the network looked, `[frames, nMels]`; `null` where that isn't known. */
  heat: Float32Array | null;
  /** Seconds that it took. */
  took: number;
}

/** The whole answer as one element: verdict, probabilities, spectrogram with what was heard where, reasons. */
export function showPrediction(shown: ShownPrediction): HTMLElement {
  const { prediction, bundle, name, took } = shown;
  const card = element("article", "error live");
  const worth = modelWorth(bundle);
  const foot = [
    element("p", "small", `What the model is worth: ${worth.score}.`),
    ...worth.warning ? [element("p", "small warning", worth.warning)] : [],
  ];
  card.dataset.verdict = prediction.verdict;
  card.dataset.probabilities = JSON.stringify(prediction.probabilities);
  card.append(element("h3", "", title(prediction)));
  const seconds = `${prediction.duration.toFixed(1)} s, answered in ${took.toFixed(2)} s on this machine`;
  card.append(element("p", "what", `${name} · ${seconds}`));
  if (prediction.known) card.append(element("p", "warning", KNOWN));
  if (prediction.reasons.length > 0) card.append(list(prediction.reasons));
  if (prediction.verdict === "refused") {
    card.append(element("p", "", "Record again: quiet room, firm contact, 15 s or more, gain below clipping."));
    card.append(...foot);
    return card;
  }
  card.append(picture(shown), chances(prediction, bundle));
  const meaning = soundMeaning(prediction.label!);
  if (meaning) card.append(element("p", "small", `${prediction.label}: ${meaning.meaning} (${meaning.source}).`));
  card.append(
    ...foot,
    element("p", "small muted", "No diagnosis: a research model, no medical device. The sound stays here."),
  );
  return card;
}

function title({ verdict, label, probabilities }: SoundPrediction): string {
  if (verdict === "refused") return "No answer: this recording can't be judged";
  const best = Math.round(100 * Math.max(...probabilities!));
  return verdict === "unsure" ? `${label}, but unsure` : `${label}, ${best} %`;
}

function list(reasons: readonly string[]): HTMLElement {
  const made = element("ul", "plain");
  made.append(...reasons.map((reason) => element("li", "", reason)));
  return made;
}

/** What stays of a file that could not be judged. */
export function showUnread(name: string, message: string): HTMLElement {
  const card = element("article", "error unread");
  card.dataset.verdict = "refused";
  card.append(element("h3", "", "Not read"), element("p", "what", name), element("p", "", message));
  return card;
}

/** Spectrogram and player of the whole recording, and below one strip a class: the darker, the likelier in that window. */
function picture({ sound, prediction, bundle, colours, heat }: ShownPrediction): HTMLElement {
  const preset = featurePreset(bundle.input);
  const { data, frames, nMels } = logMel(prepareSamples(sound.samples, { ...sound, preset }), preset);
  const canvas = document.createElement("canvas");
  canvas.width = frames;
  canvas.height = nMels;
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", "Log-Mel spectrogram of the recording");
  const context = canvas.getContext("2d")!;
  const pixels = context.createImageData(frames, nMels);
  let least = Infinity, greatest = -Infinity;
  for (const value of data) {
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }
  for (let frame = 0; frame < frames; frame++) {
    for (let band = 0; band < nMels; band++) {
      const share = (data[frame * nMels + band] - least) / (greatest - least || 1);
      const at = 4 * ((nMels - 1 - band) * frames + frame);
      pixels.data.set([...colours[Math.round(255 * share)], 255], at);
    }
  }
  context.putImageData(pixels, 0, 0);
  const shown = element("div", "sound");
  const stack = element("div", "stack");
  stack.dataset.seconds = String(prediction.duration);
  const mel = element("div", "mel");
  mel.append(canvas);
  stack.append(mel, element("div", "cursor"));
  shown.append(hertz(Array.from(bandAxis(preset))), stack, seconds(prediction.duration));
  const made = element("div", "live-sound");
  made.append(shown, player(sound));
  if (heat) made.append(lookButton(context, { plain: pixels, heat, frames, nMels }));
  bundle.classes.forEach((label, c) => {
    const strip = element("div", "strip");
    strip.setAttribute("aria-label", `${label} over time`);
    strip.setAttribute("role", "img");
    for (const { start, end, probabilities } of prediction.timeline) {
      const piece = element("i");
      piece.style.left = `${100 * start / prediction.duration}%`;
      piece.style.width = `${100 * (end - start) / prediction.duration}%`;
      piece.style.opacity = probabilities[c].toFixed(3);
      piece.title = `${label} ${Math.round(100 * probabilities[c])} %, ${start.toFixed(1)}–${end.toFixed(1)} s`;
      strip.append(piece);
    }
    made.append(element("span", "strip-name", label), strip);
  });
  return made;
}

/** Height of the spectrogram, as in the style of the page. */
const HEIGHT = 168; // px

function hertz(bandsHz: number[]): HTMLElement {
  const axis = element("div", "hz");
  axis.setAttribute("aria-hidden", "true");
  axis.append(element("span", "unit", "frequency (Hz)"));
  for (const { hz, band } of bandTicks(bandsHz, { apart: 0.12 })) {
    const tick = element("span", "", String(hz));
    tick.style.bottom = `${HEIGHT * (band + 0.5) / bandsHz.length}px`;
    axis.append(tick);
  }
  return axis;
}

function seconds(duration: number): HTMLElement {
  const axis = element("div", "seconds");
  axis.setAttribute("aria-hidden", "true");
  const step = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 60, 120].find((every) => duration / every <= 8) ?? 300;
  for (let i = 0; i * step <= duration + 1e-9; i++) {
    const tick = element("span", "", String(Number((i * step).toFixed(1))));
    tick.style.left = `${100 * i * step / duration}%`;
    axis.append(tick);
  }
  axis.append(element("em", "", "time (s)"));
  return axis;
}

/** Highest rate that is played, Hz: beyond, no heart and hardly a lung is heard. */
const PLAYED = 8000;

function player({ samples, sampleRate }: Sound): HTMLElement {
  const audio = element("audio") as HTMLAudioElement;
  audio.controls = true;
  audio.setAttribute("aria-label", "The recording, raised to full loudness");
  audio.src = URL.createObjectURL(
    new Blob([playableWav(samples, { from: sampleRate, to: PLAYED })], { type: "audio/wav" }),
  );
  return audio;
}

/** Switches between the sound as it is and the sound darkened where the network didn't look. */
function lookButton(
  context: CanvasRenderingContext2D,
  { plain, heat, frames, nMels }: { plain: ImageData; heat: Float32Array; frames: number; nMels: number },
): HTMLElement {
  const dark = context.createImageData(frames, nMels);
  for (let frame = 0; frame < frames; frame++) {
    for (let band = 0; band < nMels; band++) {
      const at = 4 * ((nMels - 1 - band) * frames + frame);
      const light = 0.15 + 0.85 * heat[frame * nMels + band];
      for (let channel = 0; channel < 3; channel++) dark.data[at + channel] = light * plain.data[at + channel];
      dark.data[at + 3] = 255;
    }
  }
  const button = element("button", "look", "Where the network looked") as HTMLButtonElement;
  button.type = "button";
  button.setAttribute("aria-pressed", "false");
  button.addEventListener("click", () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(on));
    context.putImageData(on ? dark : plain, 0, 0);
  });
  return button;
}

function chances({ probabilities, label }: SoundPrediction, { classes }: Bundle): HTMLElement {
  const made = element("div", "chances");
  classes.map((name, c) => ({ name, p: probabilities![c] })).toSorted((a, b) => b.p - a.p).forEach(({ name, p }) => {
    const row = element("div");
    const track = element("span", "track");
    const fill = element("span", "fill");
    fill.style.display = "block";
    fill.style.width = `${(100 * p).toFixed(1)}%`;
    track.append(fill);
    row.append(
      element("span", "", name === label ? `${name} (said)` : name),
      track,
      element("span", "p", p.toFixed(3)),
    );
    made.append(row);
  });
  return made;
}

function element(tag: string, name = "", text = ""): HTMLElement {
  const made = document.createElement(tag);
  if (name !== "") made.className = name;
  if (text !== "") made.textContent = text;
  return made;
}
