// The script of the listening page: a queue of sounds, and what somebody says of them.
import { render } from "preact";
import { type App, fitted, type Shown } from "./app.ts";
import { downloadVerdicts } from "./download_verdicts.ts";
import { forget, type HeardSound, hearSound } from "./heard_sound.ts";
import { type Keep, onlyTab, openKeep } from "./keep.ts";
import { actionFor } from "./keys.ts";
import type { ListenData } from "./listen_data.ts";
import { ListenPage } from "./listen_page.tsx";
import { followSound, makePlayer } from "./player.ts";
import { change, judgementOf, resume, undo, verdictOf } from "./session.ts";
import { comparedName, eventLabel } from "./sound_panel.tsx";

const data: ListenData = JSON.parse(document.getElementById("data")!.textContent!);
const place = document.getElementById("listen")!;
const heard = new Map<string, HeardSound>();
let keep: Keep | undefined;
/** From when on the sound has been there, ms, whether anybody sees it, and what was spent on each before. */
let since = performance.now(), watched = true;
const spent = new Map<string, number>();
/** Where an event was begun, seconds; which compared sound was heard last. */
let begun: number | undefined, compared = -1;

const shown: Shown = {
  ...{ data, classes: data.classes, rater: "", known: 0, second: false, session: resume([], data.sounds) },
  settings: { filter: 0, speed: 1, gain: 0, loop: false },
  ...{ selected: -1, heard, keep: { kind: "local" }, help: false, said: "" },
};
const player = makePlayer(shown.settings);

const app: App = {
  shown,
  sound: () => data.sounds[shown.session.at],
  judgement: () => judgementOf(shown.session, app.sound().item),
  revealed: () => !data.blind || shown.session.seen.has(app.sound().item),
  async begin(name) {
    const rater = shown.rater = name.replaceAll(/\s+/g, " ").trim();
    const onState = (keep: Shown["keep"]) => show({ keep });
    keep = await openKeep({ key: data.key, rater, onState });
    const rows = keep.rows(), session = resume(rows, data.sounds);
    for (const { item, seconds } of rows) spent.set(item, seconds);
    const known = Object.keys(session.judged).length;
    shown.classes = [...new Set([...data.classes, ...data.open ? rows.flatMap(({ verdict }) => verdict ?? []) : []])];
    show({ session, known, said: known > 0 ? `${known} of your verdicts were kept; you go on behind them.` : "" });
    arrive();
  },
  addClass(name) {
    if (name !== "") show({ classes: [...new Set([...shown.classes, name])], said: `${name}: a new class` });
  },
  say(said, words, options) {
    if (shown.second || shown.rater === "") return;
    const { item } = app.sound();
    show({
      session: change(shown.session, item, {
        ...said,
        ...options,
        ...said.verdict === undefined ? {} : { blind: data.blind },
      }),
      said: words,
    });
    keepJudgement(item);
  },
  undo() {
    const last = shown.session.past.at(-1);
    if (!last || shown.second) return;
    if (last.at !== shown.session.at) app.goTo(last.at);
    const session = undo(shown.session);
    const open = judgementOf(session, last.item).verdict === undefined;
    show({ session, selected: -1, said: open ? "Undone; the file changes with your next verdict." : "Undone" });
    keepJudgement(last.item);
  },
  goTo(at) {
    if (at < 0 || at >= data.sounds.length) {
      return show({ said: at < 0 ? "This is the first sound." : "This is the last sound." });
    }
    spend();
    keep?.flush();
    player.pause();
    show({ session: { ...shown.session, at }, selected: -1, said: `Sound ${at + 1} of ${data.sounds.length}` });
    arrive();
    app.toggle();
  },
  select: (selected) => show({ selected }),
  set(settings, said) {
    show({ settings: { ...shown.settings, ...settings }, said });
    player.set(shown.settings);
  },
  toggle(place) {
    const sound = heard.get(place === undefined ? app.sound().item : comparedName(place));
    if (!sound) return;
    if (!sound.audio.paused) return player.pause();
    player.play(sound, place === undefined ? undefined : 0);
  },
  compare() {
    const { similar } = app.sound();
    compared = (compared + 1) % similar.length;
    if (similar.length > 0) app.toggle(similar[compared]);
  },
  seek(time) {
    const sound = heard.get(app.sound().item);
    if (sound) player.play(sound, Math.max(0, Math.min(sound.seconds - 0.01, time)));
  },
  seekBy(by) {
    const sound = heard.get(app.sound().item);
    if (sound) sound.audio.currentTime = Math.max(0, Math.min(sound.seconds - 0.01, sound.audio.currentTime + by));
  },
  mark() {
    const now = heard.get(app.sound().item)?.audio.currentTime ?? 0;
    if (begun === undefined) {
      begun = now;
      return show({ said: `An event begins at ${now.toFixed(2)} s; E ends it.` });
    }
    const { events } = app.judgement();
    const event = fitted({ start: begun, end: now, label: eventLabel(app) }, app.sound().seconds);
    begun = undefined;
    app.say({ events: [...events, event] }, `Event from ${event.start.toFixed(2)} to ${event.end.toFixed(2)} s`);
    app.select(events.length);
  },
  download: () => downloadVerdicts(keep?.rows() ?? []),
  showHelp: (help) => show({ help }),
};

function show(news: Partial<Shown>) {
  Object.assign(shown, news);
  render(<ListenPage app={app} />, place);
}

/** Seconds that the sound had the listener's ear; a tab that nobody sees has nobody's. */
function spend() {
  const { item } = app.sound(), now = performance.now();
  if (watched) spent.set(item, (spent.get(item) ?? 0) + (now - since) / 1000);
  since = now;
  watched = !document.hidden;
}

function keepJudgement(item: string) {
  spend();
  const sound = data.sounds.find((sound) => sound.item === item)!;
  const seconds = Math.round(10 * (spent.get(item) ?? 0)) / 10;
  const told = { rater: shown.rater, queue: data.queue, seconds, time: new Date().toISOString() };
  const verdict = verdictOf(judgementOf(shown.session, item), sound, told);
  if (verdict) keep?.put(verdict);
}

/** Draws the sound, then the one after it and before it, so that a key finds them ready; the rest is forgotten. */
async function arrive() {
  since = performance.now();
  begun = undefined;
  compared = -1;
  const { at } = shown.session;
  const near = [at, at + 1, at - 1].flatMap((place) => data.sounds[place] ?? []);
  const wanted = new Map(near.flatMap((sound) => [
    [sound.item, sound] as const,
    ...sound.similar.map((place) => [comparedName(place), data.compared[place]] as const),
  ]));
  for (const [name, sound] of heard) {
    if (wanted.has(name)) continue;
    heard.delete(name);
    forget(sound);
  }
  for (const [name, held] of wanted) {
    if (shown.session.at !== at) return;
    if (heard.has(name)) continue;
    const sound = await hearSound(held, data);
    if (heard.has(name)) forget(sound);
    else heard.set(name, sound);
    show({});
  }
}

addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    (document.activeElement as HTMLElement | null)?.blur();
    if (shown.help) app.showHelp(false);
    return app.select(-1);
  }
  const action = shown.rater === "" ? undefined : actionFor(event);
  if (!action) return;
  event.preventDefault();
  action.run(app, event);
});
document.addEventListener("visibilitychange", spend);

place.replaceChildren(); // what stands there where no script runs
followSound(app, player);
show({});
if (data.rater !== undefined) app.begin(data.rater);
show({ second: !await onlyTab(data.key, () => location.reload()) });
