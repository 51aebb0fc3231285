// Runs in a page as well.
import type { ComponentChildren } from "preact";
import { type BandAxis, bandTicks, bandTitle } from "./band_ticks.ts";
import type { TimedEvent } from "./spectrogram_svg.ts";
import { timeTicks } from "./time_ticks.ts";

/** What a {@linkcode SoundPicture} shows. */
export interface SoundPictureProps {
  seconds: number;
  /** Path of the waveform in a box of 400 by 2. */
  waveform?: string;
  /** Address of the spectrogram. */
  spectrogram?: string;
  /** Address of what is laid over it. */
  heat?: string;
  bands: BandAxis;
  events?: readonly TimedEvent[];
  /** Of the spectrogram, pixels. @default {168} */
  height?: number;
  /** What lies over the spectrogram. */
  children?: ComponentChildren;
}

/** Waveform and spectrogram on one time axis, with events and a cursor that the page's script moves. */
export function SoundPicture(props: SoundPictureProps) {
  const { seconds, waveform, spectrogram, heat, bands, events = [], height = 168, children } = props;
  const x = (time: number) => `${(100 * Math.max(0, Math.min(1, time / seconds))).toFixed(2)}%`;
  return (
    <div class="sound">
      <div class="hz" aria-hidden="true">
        <span class="unit">{bandTitle(bands)}</span>
        {spectrogram &&
          bandTicks(bands, { apart: 0.12 }).map(({ label, band }) => (
            <span key={label} style={{ bottom: `${(height * (band + 0.5) / bands.length).toFixed(1)}px` }}>
              {label}
            </span>
          ))}
      </div>
      <div class="stack" data-seconds={seconds}>
        {waveform && (
          <svg class="wave" viewBox="0 0 400 2" preserveAspectRatio="none" role="img" aria-label="Waveform">
            <path d={waveform} />
          </svg>
        )}
        <div class="mel" style={{ height: `${height}px` }}>
          {spectrogram ? <img src={spectrogram} alt="Spectrogram" /> : <p>The spectrogram is missing.</p>}
          {heat && <img class="heat" src={heat} alt="" />}
          {events.map(({ start, end, label }, i) => (
            <div key={i} class="event" style={{ left: x(start), width: `calc(${x(end)} - ${x(start)})` }}>
              <b title={label}>{label}</b>
            </div>
          ))}
          {children}
        </div>
        <div class="cursor" />
      </div>
      <div class="seconds" aria-hidden="true">
        {timeTicks(seconds).map((time) => <span key={time} style={{ left: x(time) }}>{time}</span>)}
        <em>time (s)</em>
      </div>
    </div>
  );
}
