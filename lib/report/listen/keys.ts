// Keys for everything. Runs in the page.
import { type App, fitted } from "./app.ts";
import { FILTERS, GAINS, SPEEDS } from "./player.ts";
import { CERTAINTIES } from "./session.ts";
import { verdictWords } from "./verdict_panel.tsx";

export interface KeyAction {
  /** As `KeyboardEvent.key` has them, lower case. */
  keys: string[];
  /** As the help has them, where they aren't called so. */
  shown?: string;
  does: string;
  run(app: App, event: Pick<KeyboardEvent, "key" | "shiftKey" | "altKey">): void;
}

/** Seconds that an arrow moves: within the sound, and an event or its edge. */
const STEP = { sound: 0.5, event: 0.02 };

/** All of them, in the order of the help. */
export const KEYS: readonly KeyAction[] = [
  { keys: [" "], shown: "Space", does: "play, pause", run: (app) => app.toggle() },
  {
    keys: [..."123456789"],
    shown: "1 – 9",
    does: "verdict: this class",
    run(app, { key }) {
      const verdict = app.shown.classes[Number(key) - 1];
      if (verdict !== undefined) app.say({ verdict }, `Verdict: ${verdictWords(verdict)}`);
    },
  },
  { keys: ["0"], does: "verdict: can't tell", run: (app) => app.say({ verdict: null }, "Verdict: can't tell") },
  { keys: ["enter", "n"], shown: "Enter, N", does: "next sound", run: (app) => app.goTo(app.shown.session.at + 1) },
  { keys: ["p"], does: "sound before", run: (app) => app.goTo(app.shown.session.at - 1) },
  { keys: ["z"], does: "undo", run: (app) => app.undo() },
  {
    keys: ["c"],
    does: "how sure you are",
    run(app) {
      const certainty = after(CERTAINTIES, app.judgement().certainty);
      app.say({ certainty }, `Certainty: ${certainty}`);
    },
  },
  { keys: ["m"], does: "write a remark (Escape ends it)", run: () => document.getElementById("remark")?.focus() },
  { keys: ["e"], does: "an event begins, and ends, where the sound is", run: (app) => app.mark() },
  {
    keys: ["w"],
    does: "choose the next event",
    run(app) {
      const { length } = app.judgement().events;
      app.select(app.shown.selected + 1 < length ? app.shown.selected + 1 : -1);
    },
  },
  {
    keys: ["arrowleft", "arrowright"],
    shown: "← →",
    does: "back and on; with a chosen event move it, with Shift its end, with Alt its start",
    run: (app, event) => step(app, event.key === "ArrowLeft" ? -1 : 1, event),
  },
  {
    keys: ["delete", "backspace", "d"],
    shown: "Delete, D",
    does: "remove the chosen event",
    run(app) {
      const { selected } = app.shown;
      if (selected < 0) return;
      app.say({ events: app.judgement().events.toSpliced(selected, 1) }, "Event removed");
      app.select(-1);
    },
  },
  {
    keys: ["t"],
    does: "what the chosen event is",
    run(app) {
      const { selected, classes } = app.shown, { events } = app.judgement();
      if (selected < 0) return;
      const label = after(classes, events[selected].label);
      app.say({ events: events.with(selected, { ...events[selected], label }) }, `Event: ${label}`);
    },
  },
  {
    keys: ["l"],
    does: "loop: the sound, or the chosen event",
    run: (app) => app.set({ loop: !app.shown.settings.loop }, app.shown.settings.loop ? "Once" : "Loop"),
  },
  {
    keys: ["s"],
    does: "speed, pitch kept",
    run(app) {
      const speed = after(SPEEDS, app.shown.settings.speed as typeof SPEEDS[number]);
      app.set({ speed }, `Speed ${speed}`);
    },
  },
  {
    keys: ["f"],
    does: "filter: " + FILTERS.map(({ name, low, high }) => low ? `${name} (${low}–${high} Hz)` : name).join(", "),
    run(app) {
      const filter = (app.shown.settings.filter + 1) % FILTERS.length;
      app.set({ filter }, FILTERS[filter].name);
    },
  },
  {
    keys: ["arrowup", "arrowdown"],
    shown: "↑ ↓",
    does: "louder, softer",
    run(app, { key }) {
      const gain = app.shown.settings.gain + (key === "ArrowUp" ? GAINS.step : -GAINS.step);
      const kept = Math.max(GAINS.least, Math.min(GAINS.most, gain));
      app.set({ gain: kept }, `${kept} dB`);
    },
  },
  { keys: ["x"], does: "hear the sounds most like it, one after another", run: (app) => app.compare() },
  { keys: ["?"], does: "show or hide this list", run: (app) => app.showHelp(!app.shown.help) },
];

/** What a key does; nothing where it does nothing, or belongs to what has the focus. */
export function actionFor(event: KeyboardEvent): KeyAction | undefined {
  const { key, target, ctrlKey, metaKey } = event;
  const element = target as HTMLElement;
  if (ctrlKey || metaKey || element.closest("input:not([type=range]), textarea, select")) return undefined;
  if (element.matches("input") && key.startsWith("Arrow")) return undefined;
  if (element.closest("button, a, summary") && (key === "Enter" || key === " ")) return undefined;
  return KEYS.find(({ keys }) => keys.includes(key.toLowerCase()));
}

/** An arrow: within the sound, or with the chosen event. */
function step(app: App, by: -1 | 1, { shiftKey, altKey }: { shiftKey: boolean; altKey: boolean }): void {
  const { selected } = app.shown, { events } = app.judgement();
  const event = events[selected];
  if (!event) return app.seekBy(by * STEP.sound);
  const moved = by * STEP.event, { seconds } = app.sound();
  if (!shiftKey && !altKey && (event.start + moved < 0 || event.end + moved > seconds)) return;
  const next = fitted({
    label: event.label,
    start: event.start + (shiftKey ? 0 : moved),
    end: event.end + (altKey ? 0 : moved),
  }, seconds);
  app.say({ events: events.with(selected, next) }, `${next.start.toFixed(2)} to ${next.end.toFixed(2)} s`, {
    merge: true,
  });
}

function after<T>(all: readonly T[], one: T): T {
  return all[(all.indexOf(one) + 1) % all.length];
}
