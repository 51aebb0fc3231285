import { escapeXml, playableSound, SPECTROGRAM_BOX, svgPng } from "../pictures/mod.ts";
import { browserScript, displayBundle, elementId } from "./display_bundle.ts";
import { type ShowSpectrogramOptions, spectrogramOf } from "./show_spectrogram.ts";

/** Highest rate of what is played, Hz: heart and lung sounds end below 2 kHz, and a notebook should stay small. */
const PLAYED_HZ = 8000;

/**
 * Shows a player whose cursor runs over the spectrogram; a click on the picture plays from there. The sound is raised
 * to full scale, so that a faint murmur can be heard.
 */
export async function showAudio(samples: Float32Array, options: ShowSpectrogramOptions): Promise<void> {
  const id = elementId();
  const png = (await svgPng(await spectrogramOf(samples, options))).toBase64();
  const sound = playableSound(samples, { from: options.sampleRate, to: PLAYED_HZ });
  const title = options.title ?? "sound and its log-Mel spectrogram";
  const seconds = samples.length / options.sampleRate;
  const { width, left, right } = SPECTROGRAM_BOX;
  const place = { id, seconds, from: left / width, to: right / width };
  await displayBundle({
    "text/html": `<div id="${id}" style="max-width:${width}px"><div style="position:relative;cursor:pointer">` +
      `<img alt="${escapeXml(title)}" style="width:100%;display:block" src="data:image/png;base64,${png}">` +
      `<div style="position:absolute;top:0;bottom:16%;width:2px;background:#2f9bd0;display:none"></div></div>` +
      `<audio controls preload="auto" style="width:100%" src="${sound}"></audio></div>` +
      browserScript(playInBrowser, place),
    "image/png": png,
    "text/plain": title,
  });
}

/** Runs in the browser; it may use nothing of this file. */
function playInBrowser({ id, seconds, from, to }: { id: string; seconds: number; from: number; to: number }): void {
  const root = document.getElementById(id);
  const audio = root?.querySelector("audio");
  const picture = root?.querySelector("div");
  const cursor = picture?.querySelector("div");
  if (!audio || !picture || !cursor) return;
  const show = () => {
    cursor.style.display = "block";
    cursor.style.left = `${100 * (from + (to - from) * Math.min(1, audio.currentTime / seconds))}%`;
  };
  const follow = () => {
    show();
    if (!audio.paused && !audio.ended) requestAnimationFrame(follow);
  };
  audio.addEventListener("play", follow);
  audio.addEventListener("seeked", show);
  picture.addEventListener("click", (event) => {
    const box = picture.getBoundingClientRect();
    const share = ((event.clientX - box.left) / box.width - from) / (to - from);
    audio.currentTime = seconds * Math.max(0, Math.min(1, share));
    audio.play().catch(() => {});
  });
}
