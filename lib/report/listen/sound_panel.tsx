// What is seen and heard of one sound. Runs in the page.
import { SoundPicture } from "../../pictures/sound_picture.tsx";
import type { TimedEvent } from "../../pictures/spectrogram_svg.ts";
import type { App } from "./app.ts";
import { Choice } from "./choice.tsx";
import { EventLayer } from "./event_layer.tsx";
import type { QuestionedSound } from "./listen_data.ts";
import { FILTERS, GAINS, SPEEDS } from "./player.ts";

/** Picture and player. */
export function SoundPanel({ app }: { app: App }) {
  const sound = app.sound();
  const heard = app.shown.heard.get(sound.item);
  return (
    <section class="listened" aria-label="The sound">
      {heard
        ? (
          <SoundPicture
            key={sound.item}
            seconds={sound.seconds}
            waveform={heard.waveform}
            spectrogram={heard.spectrogram}
            bands={heard.bandsHz}
            events={[...app.revealed() ? sound.events : [], ...asked(sound)]}
            height={224}
          >
            <EventLayer app={app} label={eventLabel(app)} />
          </SoundPicture>
        )
        : <p class="waiting">The sound is being drawn …</p>}
      <Transport app={app} />
    </section>
  );
}

/** Which part of the picture the question is of, where it isn't all. */
function asked({ start, end, from, seconds }: QuestionedSound): TimedEvent[] {
  const part = { start: start - from, end: Math.min(seconds, end - from), label: "this one" };
  return part.start > 0 || part.end < seconds - 0.01 ? [part] : [];
}

/** What an event is called that is drawn now: the verdict, where it is one of the classes that something is heard in. */
export function eventLabel({ judgement, shown: { classes } }: App): string {
  const { verdict } = judgement();
  return verdict && classes.slice(1).includes(verdict) ? verdict : classes[1] ?? classes[0] ?? "event";
}

function Transport({ app }: { app: App }) {
  const { filter, speed, gain, loop } = app.shown.settings;
  return (
    <div class="transport" role="group" aria-label="Player">
      <button type="button" class="play" id="play" onClick={() => app.toggle()}>Play</button>
      <button type="button" aria-pressed={loop} onClick={() => app.set({ loop: !loop }, loop ? "Once" : "Loop")}>
        Loop
      </button>
      <Choice
        label="Speed, pitch kept"
        of={SPEEDS.toSorted() as number[]}
        chosen={speed}
        named={(value) => `${value === 0.5 ? "½" : value}×`}
        choose={(value) => app.set({ speed: value }, `Speed ${value}`)}
      />
      <Choice
        label="Filter"
        of={FILTERS}
        chosen={FILTERS[filter]}
        named={({ name }) => name}
        title={({ low, high }) => low === undefined ? "No filter" : `${low} to ${high} Hz`}
        choose={(one) => app.set({ filter: FILTERS.indexOf(one) }, one.name)}
      />
      <label class="gain">
        <span>Level {gain > 0 ? "+" : ""}{gain} dB</span>
        <input
          type="range"
          min={GAINS.least}
          max={GAINS.most}
          step={GAINS.step}
          value={gain}
          onInput={({ currentTarget }) => app.set({ gain: Number(currentTarget.value) }, "")}
        />
        <i class="meter" aria-hidden="true">
          <i id="level" />
        </i>
      </label>
    </div>
  );
}

/** Sounds with labels that are most like this one. */
export function Compared({ app }: { app: App }) {
  const { similar } = app.sound();
  if (similar.length === 0) return null;
  const { compared } = app.shown.data;
  return (
    <section class="compared" aria-labelledby="like">
      <h3 id="like">Sounds most like it</h3>
      <ul>
        {similar.map((place) => {
          const { label, recording, seconds } = compared[place];
          const heard = app.shown.heard.get(comparedName(place));
          return (
            <li key={place}>
              <button type="button" onClick={() => app.toggle(place)}>
                {heard && <img src={heard.spectrogram} alt="" />}
                <b>{label ?? "no label"}</b>
                <span title={recording}>{recording.split("/").at(-1)} · {seconds.toFixed(1)} s</span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** The name of a compared sound among the heard ones; no item is called so. */
export function comparedName(place: number): string {
  return `compared ${place}`;
}
