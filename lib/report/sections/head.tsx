import { summariseNotes } from "../../runs/mod.ts";
import { Fact, PageHead } from "../page/section.tsx";
import { tracer } from "../page/table.tsx";
import type { ReportView } from "../report_view.ts";

/** What was asked, of what, and when. */
export function Head({ view: { run: { config, data, notes } } }: { view: ReportView }) {
  const { model, input } = config?.experiment ?? {};
  const { star, tags } = summariseNotes({ notes });
  const traced = tracer("data.json", "total.");
  const heard = input?.kind && input.kind !== "log-mel"
    ? ` on the input ${input.kind}`
    : input?.preset && ` on log-Mel spectrograms as in ${input.preset}`;
  return (
    <PageHead
      title={config?.title ?? "A run"}
      question={config?.question}
      facts={
        <>
          {config && <Fact of="Experiment" is={config.name} />}
          {data && (
            <Fact of="Data" is={data.title === "" ? data.dataset : data.title}>
              , {traced(data.total.subjects, "subjects")} subjects, {traced(data.total.recordings, "recordings")}{" "}
              recordings
            </Fact>
          )}
          {model?.kind && <Fact of="Model" is={model.kind}>{heard}</Fact>}
          {config && <Fact of="Run of" is={tracer("config.json")(config.createdAt.slice(0, 10), "createdAt")} />}
          {star && <Fact of="★ for the paper" />}
          {tags.map((tag) => <Fact key={tag} of={`#${tag}`} />)}
        </>
      }
    >
      <Notes notes={notes} />
    </PageHead>
  );
}

/** What people said of the run, as they said it. */
function Notes({ notes }: Pick<ReportView["run"], "notes">) {
  if (notes.every(({ text }) => text === "")) return null;
  return (
    <ul class="plain" aria-label="Notes">
      {notes.map(({ at, text }, i) =>
        text !== "" && (
          <li key={i}>
            <span class="muted small">{at.slice(0, 10)}</span> {tracer("notes.json")(text, `notes[${i}].text`)}
          </li>
        )
      )}
    </ul>
  );
}
