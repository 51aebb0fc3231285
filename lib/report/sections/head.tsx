import { summariseNotes } from "../../runs/mod.ts";
import { tracer } from "../page/traced.tsx";
import type { ReportView } from "../report_view.ts";

/** What was asked, of what, and when. */
export function Head({ view }: { view: ReportView }) {
  const { config, data } = view.run;
  const model = config?.experiment.model;
  const input = config?.experiment.input;
  const { notes } = view.run;
  const { star, tags } = summariseNotes({ notes });
  const traced = tracer("data.json", "total.");
  return (
    <header class="head">
      <h1>{config?.title ?? "A run"}</h1>
      {config && <p class="question">{config.question}</p>}
      <ul class="facts">
        {config && (
          <li>
            Experiment <b>{config.name}</b>
          </li>
        )}
        {data && (
          <li>
            Data <b>{data.title === "" ? data.dataset : data.title}</b>, {traced(data.total.subjects, "subjects")}{" "}
            subjects, {traced(data.total.recordings, "recordings")} recordings
          </li>
        )}
        {model?.kind && (
          <li>
            Model <b>{model.kind}</b>
            {input?.kind && input.kind !== "log-mel"
              ? ` on the input ${input.kind}`
              : input?.preset && ` on log-Mel spectrograms as in ${input.preset}`}
          </li>
        )}
        {config && (
          <li>
            Run of <b>{tracer("config.json")(config.createdAt.slice(0, 10), "createdAt")}</b>
          </li>
        )}
        {star && <li>★ for the paper</li>}
        {tags.map((tag) => <li key={tag}>#{tag}</li>)}
      </ul>
      <Notes notes={notes} />
    </header>
  );
}

/** What people said of the run, as they said it. */
function Notes({ notes }: Pick<ReportView["run"], "notes">) {
  const said = notes.map(({ at, text }, i) => ({ at, text, i })).filter(({ text }) => text !== "");
  if (said.length === 0) return null;
  return (
    <ul class="plain" aria-label="Notes">
      {said.map(({ at, text, i }) => (
        <li key={i}>
          <span class="muted small">{at.slice(0, 10)}</span> {tracer("notes.json")(text, `notes[${i}].text`)}
        </li>
      ))}
    </ul>
  );
}
