// Events over the spectrogram: drawn, moved and stretched by a pointer, each a button for the keyboard. Runs in the page.
import type { TimedEvent } from "../../pictures/spectrogram_svg.ts";
import { type App, fitted } from "./app.ts";

/** What a pointer has hold of. */
interface Hold {
  /** Where it went down, seconds. */
  from: number;
  /** The event as it was; -1 for one that is being drawn. */
  index: number;
  event: TimedEvent;
  part: "start" | "end" | "whole";
  moved: boolean;
}

/** Pixels from the edge of an event in which it is stretched, and that a pointer moves before it draws. */
const EDGE = 9, STILL = 5;

let hold: Hold | undefined;

/** What a pointer does over the picture: it draws, moves or stretches an event, or plays from where it was. */
function pointerActions(app: App, label: string) {
  const { events } = app.judgement();
  const { seconds } = app.sound();
  const timeAt = ({ clientX, currentTarget }: PointerEvent) => {
    const box = (currentTarget as HTMLElement).getBoundingClientRect();
    return { time: seconds * (clientX - box.left) / box.width, pixel: seconds / box.width };
  };
  const onPointerDown = (pointer: PointerEvent) => {
    if (pointer.button !== 0) return;
    const { time, pixel } = timeAt(pointer);
    const index = events.findLastIndex(({ start, end }) => time > start - EDGE * pixel && time < end + EDGE * pixel);
    const event = events[index] ?? { start: time, end: time, label };
    const near = (edge: number) => index >= 0 && Math.abs(edge - time) < EDGE * pixel;
    const part = index < 0 || near(event.end) ? "end" : near(event.start) ? "start" : "whole";
    hold = { from: time, index, event, part, moved: false };
    (pointer.currentTarget as HTMLElement).setPointerCapture(pointer.pointerId);
  };
  const onPointerMove = (pointer: PointerEvent) => {
    if (!hold) return;
    const { time, pixel } = timeAt(pointer);
    if (!hold.moved && Math.abs(time - hold.from) < STILL * pixel) return;
    const begins = !hold.moved && hold.index < 0;
    const { event, part, from } = hold;
    const by = part === "whole" ? Math.max(-event.start, Math.min(seconds - event.end, time - from)) : time - from;
    const moved = fitted({
      label: event.label,
      start: part === "end" ? event.start : event.start + by,
      end: part === "start" ? event.end : event.end + by,
    }, seconds);
    if (begins) hold.index = events.length;
    const { index } = hold;
    app.say({ events: begins ? [...events, moved] : events.with(index, moved) }, "", { merge: hold.moved });
    hold.moved = true;
    if (app.shown.selected !== index) app.select(index);
  };
  const onPointerUp = () => {
    if (hold && !hold.moved) {
      app.select(hold.index);
      app.seek(hold.from);
    }
    hold = undefined;
  };
  return { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: () => hold = undefined };
}

/** The events of the sound, and the place to draw new ones. */
export function EventLayer({ app, label }: { app: App; label: string }) {
  const { seconds } = app.sound();
  return (
    <div class="events" {...pointerActions(app, label)}>
      {app.judgement().events.map((event, i) => (
        <button
          key={i}
          type="button"
          class="mark"
          aria-pressed={i === app.shown.selected}
          aria-label={eventWords(event, i)}
          onFocus={() => app.select(i)}
          style={{ left: `${100 * event.start / seconds}%`, width: `${100 * (event.end - event.start) / seconds}%` }}
        >
          <b>{event.label}</b>
        </button>
      ))}
    </div>
  );
}

/** An event for those who don't see it. */
function eventWords({ start, end, label }: TimedEvent, index: number): string {
  return `Event ${index + 1}, ${label}, from ${start.toFixed(2)} to ${end.toFixed(2)} seconds`;
}
