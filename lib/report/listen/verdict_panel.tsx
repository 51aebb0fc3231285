// What the listener says of one sound. Runs in the page.
import { type App, fitted } from "./app.ts";
import { Choice } from "./choice.tsx";
import { CERTAINTIES } from "./session.ts";

/** Verdict, certainty, events, remark. */
export function VerdictPanel({ app }: { app: App }) {
  const { verdict, certainty } = app.judgement();
  const { classes, data } = app.shown;
  return (
    <section class="verdict" aria-label="Your verdict">
      <AsGiven app={app} />
      <h3 id="asked">What do you hear?</h3>
      <div class="answers" role="group" aria-labelledby="asked">
        {[...classes, null].map((name, i) => (
          <button
            key={i}
            type="button"
            aria-pressed={name === verdict}
            class={name === null ? "cannot" : undefined}
            onClick={() => app.say({ verdict: name }, `Verdict: ${verdictWords(name)}`)}
          >
            {(i < 9 || name === null) && <kbd>{name === null ? 0 : i + 1}</kbd>} {verdictWords(name)}
          </button>
        ))}
      </div>
      {data.open && <NewClass app={app} />}
      <Choice
        label="How sure are you?"
        of={CERTAINTIES}
        chosen={certainty}
        choose={(name) => app.say({ certainty: name }, `Certainty: ${name}`)}
      />
      <Events app={app} />
      <label class="remark">
        Remark
        <textarea
          id="remark"
          rows={2}
          maxLength={2000}
          value={app.judgement().remark}
          onInput={({ currentTarget }) => app.say({ remark: currentTarget.value }, "", { merge: true })}
        />
      </label>
      <div class="onward">
        <button type="button" onClick={app.undo} disabled={app.shown.session.past.length === 0}>Undo</button>
        <button type="button" onClick={() => app.goTo(app.shown.session.at - 1)}>Back</button>
        <button type="button" class="next" onClick={() => app.goTo(app.shown.session.at + 1)}>Next</button>
      </div>
    </section>
  );
}

/** A verdict as it is read. */
export function verdictWords(verdict: string | null): string {
  return verdict ?? "Can't tell";
}

/** Why it is here, and its label as given, once it may be seen. */
function AsGiven({ app }: { app: App }) {
  const { label, probabilities, reason } = app.sound();
  const { classes } = app.shown.data;
  if (!app.revealed()) return <p class="given">Its label stays hidden until your verdict.</p>;
  const likeliest = probabilities && probabilities.indexOf(Math.max(...probabilities));
  return (
    <div class="given">
      {label !== null && (
        <p>
          Labelled <b>{label}</b>
        </p>
      )}
      {likeliest !== undefined && (
        <p class="small muted">
          Networks that haven't learned from it: {classes[likeliest]}, {Math.round(100 * probabilities![likeliest])} %
        </p>
      )}
      <p class="small muted">In the queue because: {reason}</p>
    </div>
  );
}

function NewClass({ app }: { app: App }) {
  return (
    <form
      class="new-class"
      onSubmit={(event) => {
        event.preventDefault();
        const field = event.currentTarget.elements.namedItem("name") as HTMLInputElement;
        app.addClass(field.value.trim());
        field.value = "";
      }}
    >
      <input name="name" aria-label="Name of a new class" placeholder="new class" maxLength={80} />
      <button type="submit">Add</button>
    </form>
  );
}

/** The events in words: where a picture is no help, and to change what they are called. */
function Events({ app }: { app: App }) {
  const { events } = app.judgement();
  const { classes, selected } = app.shown;
  const { seconds } = app.sound();
  const put = (index: number, changed: Partial<typeof events[number]>) =>
    app.say({ events: events.with(index, fitted({ ...events[index], ...changed }, seconds)) }, "", { merge: true });
  return (
    <div class="event-list">
      <h3>Events</h3>
      {events.length === 0 && <p class="small muted">Draw over the picture, or press E where one begins and ends.</p>}
      <ol>
        {events.map(({ start, end, label }, i) => (
          <li key={i} class={i === selected ? "chosen" : undefined}>
            <select
              aria-label={`What event ${i + 1} is`}
              onChange={({ currentTarget }) => put(i, { label: currentTarget.value })}
            >
              {[...new Set([...classes, label])].map((name) => (
                <option key={name} selected={name === label}>{name}</option>
              ))}
            </select>
            {([["start", start], ["end", end]] as const).map(([edge, time]) => (
              <input
                key={edge}
                type="number"
                aria-label={`${edge === "start" ? "Start" : "End"} of event ${i + 1}, seconds`}
                step={0.01}
                min={0}
                max={seconds}
                value={time}
                onFocus={() => app.select(i)}
                onChange={({ currentTarget }) => put(i, { [edge]: Number(currentTarget.value) })}
              />
            ))}
            <button
              type="button"
              aria-label={`Remove event ${i + 1}`}
              onClick={() => app.say({ events: events.toSpliced(i, 1) }, "Event removed")}
            >
              ×
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}
