import { Traced } from "../page/traced.tsx";
import type { ReportView } from "../report_view.ts";

/** What was asked, of what, and when. */
export function Head({ view }: { view: ReportView }) {
  const { config, data } = view.run;
  const model = config?.experiment.model as { kind?: string } | undefined;
  const input = config?.experiment.input as { preset?: string } | undefined;
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
            Data <b>{data.title === "" ? data.dataset : data.title}</b>,{" "}
            <Traced value={data.total.subjects} file="data.json" at="total.subjects" /> subjects,{" "}
            <Traced value={data.total.recordings} file="data.json" at="total.recordings" /> recordings
          </li>
        )}
        {model?.kind && (
          <li>
            Model <b>{model.kind}</b>
            {input?.preset && ` on log-Mel spectrograms as in ${input.preset}`}
          </li>
        )}
        {config && (
          <li>
            Run of{" "}
            <b>
              <Traced value={config.createdAt.slice(0, 10)} file="config.json" at="createdAt" />
            </b>
          </li>
        )}
      </ul>
    </header>
  );
}
