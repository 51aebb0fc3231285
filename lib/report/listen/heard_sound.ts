// A held sound made ready: samples, waveform, picture, player. Runs in the page.
import { encodeWav } from "../../audio/encode_wav.ts";
import { logMel } from "../../features/log_mel.ts";
import { melFrequencies } from "../../features/mel_scale.ts";
import { presets } from "../../features/presets.ts";
import { spectrogramPng } from "../../pictures/bands_png.ts";
import { objectAddress } from "../../pictures/data_address.ts";
import { waveformPath } from "../../pictures/waveform_path.ts";
import type { HeldSound } from "./listen_data.ts";
import { unpackSamples } from "./pack_samples.ts";
import type { Playable } from "./player.ts";

/** A sound to be seen and heard. */
export interface HeardSound extends Playable {
  waveform: string;
  /** Address of the log-Mel spectrogram. */
  spectrogram: string;
  /** Centre of each band, Hz. */
  bandsHz: number[];
}

/** Bands of the pictures. */
const BANDS = 64;

/** Unpacks a sound and draws it. */
export async function hearSound(held: HeldSound, { fMax }: { fMax: number }): Promise<HeardSound> {
  const { sampleRate, seconds } = held;
  const samples = Float32Array.from(await unpackSamples(held.packed), (value) => value / 32768);
  const preset = picturePreset(sampleRate, fMax);
  const { data, frames } = logMel(samples, preset);
  const audio = new Audio(objectAddress("audio/wav", encodeWav(samples, { sampleRate })));
  audio.preload = "auto";
  return {
    ...{ audio, seconds },
    waveform: waveformPath(samples),
    spectrogram: objectAddress("image/png", spectrogramPng(data, { frames, bands: BANDS })),
    bandsHz: [...melFrequencies(BANDS + 2, { fMin: preset.fMin, fMax: preset.fMax, scale: "slaney" }).subarray(1, -1)],
  };
}

/** Frames of 64 ms each 10 ms: beats stay apart, and so do the bands of a wheeze. */
function picturePreset(sampleRate: number, fMax: number) {
  const winLength = 2 * Math.round(0.032 * sampleRate);
  return {
    ...presets.respirenet,
    ...{ sampleRate, winLength, nFft: 2 ** Math.ceil(Math.log2(winLength)), hopLength: Math.round(0.01 * sampleRate) },
    ...{ nMels: BANDS, fMin: 25, fMax: Math.min(fMax, sampleRate / 2), emptyBands: "keep" as const },
  };
}

/** Gives back what a sound took: a browser has few players, and something may still be loading its picture. */
export function forget({ audio, spectrogram }: HeardSound): void {
  const held = [audio.src, spectrogram];
  audio.removeAttribute("src");
  audio.load();
  setTimeout(() => held.forEach((address) => URL.revokeObjectURL(address)), 10_000);
}
