// The whole page. Runs in the page.
import type { App } from "./app.ts";
import { KEYS } from "./keys.ts";
import { Compared, SoundPanel } from "./sound_panel.tsx";
import { VerdictPanel } from "./verdict_panel.tsx";

/** Everything below the heading. */
export function ListenPage({ app }: { app: App }) {
  const { rater, second, said, help } = app.shown;
  if (second) {
    return (
      <p class="note warning" role="alert">
        This queue is open in another tab or window. Go on there, or close that one: this one then takes over by itself.
      </p>
    );
  }
  if (rater === "") return <Who app={app} />;
  const { recording, start, end, from, seconds, subject } = app.sound();
  return (
    <>
      <Progress app={app} />
      <p class="what">
        {app.revealed() ? `${recording} · ${subject}` : "Its name comes with its label"} ·{" "}
        {start.toFixed(2)}–{end.toFixed(2)} s
        {from + seconds < end - 0.01 && ` · the first ${seconds.toFixed(0)} s of it are here`}
      </p>
      <div class="desk">
        <SoundPanel app={app} />
        <VerdictPanel app={app} />
        <Compared app={app} />
      </div>
      <div class="below">
        <KeepLine app={app} />
        <button type="button" aria-expanded={help} onClick={() => app.showHelp(!help)}>
          Keys <kbd>?</kbd>
        </button>
      </div>
      {help && <Help />}
      <p class="hidden" role="status" aria-live="polite">{said}</p>
    </>
  );
}

function Who({ app }: { app: App }) {
  return (
    <form
      class="who"
      onSubmit={(event) => {
        event.preventDefault();
        const name = new FormData(event.currentTarget).get("rater");
        if (typeof name === "string" && name.trim() !== "") app.begin(name.trim());
      }}
    >
      <label for="rater">Your name or initials</label>
      <p class="small muted" id="why">
        They stand beside your verdicts. Somebody else of that name should take another.
      </p>
      <div class="row">
        <input id="rater" name="rater" type="text" required maxLength={80} autocomplete="off" aria-describedby="why" />
        <button type="submit">Begin</button>
      </div>
    </form>
  );
}

/** One mark a sound, filled where there is a verdict. */
function Progress({ app }: { app: App }) {
  const { session: { at, judged }, data: { sounds }, rater, known } = app.shown;
  const done = sounds.filter(({ item }) => judged[item]?.verdict !== undefined).length;
  return (
    <div class="progress">
      <p>
        <b>Sound {at + 1} of {sounds.length}</b> · {done} judged by {rater}
        {known > 0 && ` (${known} before; if those aren't yours, take another name and open this page again)`}
      </p>
      <ol aria-label="Sounds">
        {sounds.map(({ item }, i) => (
          <li key={item}>
            <button
              type="button"
              class={judged[item]?.verdict === undefined ? undefined : "judged"}
              aria-current={i === at ? "step" : undefined}
              aria-label={`Sound ${i + 1}${judged[item]?.verdict === undefined ? "" : ", judged"}`}
              tabIndex={i === at ? 0 : -1}
              onClick={() => app.goTo(i)}
            />
          </li>
        ))}
      </ol>
    </div>
  );
}

const KEPT = {
  saved: "All verdicts are in verdicts.csv.",
  saving: "Saving …",
  local: "Verdicts are kept in this browser: download verdicts.csv when you are done.",
  failed: "Not saved.",
};

function KeepLine({ app }: { app: App }) {
  const { kind, message } = app.shown.keep;
  return (
    <p class={kind === "failed" ? "kept state" : "kept"} role={kind === "failed" ? "alert" : undefined}>
      {message ?? KEPT[kind]}{" "}
      {(kind === "local" || kind === "failed") && (
        <button type="button" onClick={app.download}>Download verdicts.csv</button>
      )}
    </p>
  );
}

function Help() {
  return (
    <section class="help" aria-label="Keys">
      <dl>
        {KEYS.map(({ keys, shown, does }) => (
          <div key={does}>
            <dt>
              <kbd>{shown ?? keys[0].toUpperCase()}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <p class="small muted">
        Filters fall by 12 dB an octave beyond their corners; those of bell and diaphragm are what an electronic
        stethoscope brings out in these modes (3M Littmann 3200, user's manual).
      </p>
    </section>
  );
}
