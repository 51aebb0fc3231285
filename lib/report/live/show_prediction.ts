import { featurePreset } from "../../features/input_options.ts";
import { logMel } from "../../features/log_mel.ts";
import { prepareSamples } from "../../features/prepare_samples.ts";
import { soundMeaning } from "../../predict/sound_meaning.ts";
import type { SoundPrediction } from "../../predict/sound_prediction.ts";
import type { Bundle } from "../../runs/bundle_schema.ts";
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
  card.dataset.verdict = prediction.verdict;
  card.dataset.probabilities = JSON.stringify(prediction.probabilities);
  card.append(element("h3", "", title(prediction)));
  const seconds = `${prediction.duration.toFixed(1)} s, answered in ${took.toFixed(2)} s on this machine`;
  card.append(element("p", "what", `${name} · ${seconds}`));
  if (prediction.reasons.length > 0) card.append(list(prediction.reasons));
  if (prediction.verdict === "refused") {
    card.append(element("p", "", "Record again: quiet room, firm contact, 15 s or more, gain below clipping."));
    return card;
  }
  card.append(picture(shown), chances(prediction, bundle));
  const meaning = soundMeaning(prediction.label!);
  if (meaning) card.append(element("p", "small", `${prediction.label}: ${meaning.meaning} (${meaning.source}).`));
  card.append(element("p", "small muted", "No diagnosis: a research model, no medical device. The sound stays here."));
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

/** Spectrogram of the whole recording, and below it one strip a class: the darker, the likelier in that window. */
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
  const made = element("div", "live-sound");
  made.append(canvas);
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
  made.append(
    element("span", "strip-name", ""),
    element("span", "small muted", `0 to ${prediction.duration.toFixed(1)} s`),
  );
  return made;
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
