import { reportAddress } from "../index/find_runs.ts";
import { Section } from "../page/section.tsx";
import { tracer } from "../page/table.tsx";
import { externalName, type ExternalSet } from "../read_external.ts";
import { mainUnit, type ReportView } from "../report_view.ts";
import { ScoreTable } from "./score_table.tsx";

/** Every set of other data that the run was judged on, with what its floors reach there. */
export function External({ view }: { view: ReportView }) {
  return (
    <>
      {view.run.external.map((set, i) => (
        <Section key={set.folder} id={`external-${i}`} title={`External: ${set.title}`}>
          <Judged set={set} />
          {(set.metrics.leaks ?? []).map((leak, i) => (
            <div key={leak} class="note leak" role="alert">
              <p>{tracer(`${set.folder}/metrics.json`)(leak, `leaks[${i}]`)}</p>
            </div>
          ))}
          {Object.entries(set.metrics.parts).map(([part, metrics]) => {
            const unit = mainUnit({ ...view, metrics });
            return (
              <ScoreTable
                key={part}
                caption={`${externalName(set, part)}, one count a${unit === "item" ? "n" : ""} ${unit}`}
                scores={metrics.pooled[unit] ?? {}}
                file={`${set.folder}/metrics.json`}
                at={`parts.${part}.pooled.${unit}`}
                wanted={view.wanted}
              />
            );
          })}
          <Warnings set={set} />
          <p>
            <a href={reportAddress(set.folder)}>The page of this set</a> holds its classes, sources, curves and data.
          </p>
        </Section>
      ))}
    </>
  );
}

function Judged({ set: { folder, data } }: { set: ExternalSet }) {
  if (!data) return <p>Other data than the run's; nothing of them was used to train or to choose.</p>;
  const count = (of: "subjects" | "recordings" | "items") =>
    tracer(`${folder}/data.json`)(data.total[of], `total.${of}`);
  return (
    <p>
      Other data than the run's: {count("items")} items of {count("recordings")} recordings and {count("subjects")}{" "}
      subjects. Nothing of them was used to train or to choose; floors are reached by models that were fitted where the
      network was.
    </p>
  );
}

function Warnings({ set: { folder, metrics: { warnings } } }: { set: ExternalSet }) {
  if (warnings.length === 0) return null;
  const traced = tracer(`${folder}/metrics.json`);
  return (
    <details>
      <summary>
        {traced(warnings.length, "warnings")} {warnings.length === 1 ? "thing" : "things"} to know of these figures
      </summary>
      {warnings.map((warning, i) => <p key={warning} class="small">{traced(warning, `warnings[${i}]`)}</p>)}
    </details>
  );
}
