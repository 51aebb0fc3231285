import { externalName, type ExternalSet } from "../read_external.ts";
import { Traced } from "../page/traced.tsx";
import { mainUnit, type ReportView } from "../report_view.ts";
import { ScoreTable } from "./score_table.tsx";

/** Every set of other data that the run was judged on, with what its floors reach there. */
export function External({ view }: { view: ReportView }) {
  return (
    <>
      {view.run.external.map((set, i) => (
        <section key={set.folder} id={`external-${i}`} aria-labelledby={`external-${i}-title`}>
          <h2 id={`external-${i}-title`}>External: {set.title}</h2>
          <Judged set={set} />
          {(set.metrics.leaks ?? []).map((leak, i) => (
            <div key={leak} class="note leak" role="alert">
              <p>
                <Traced value={leak} file={`${set.folder}/metrics.json`} at={`leaks[${i}]`} />
              </p>
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
                references={[]}
              />
            );
          })}
          <Warnings set={set} />
          <p>
            <a href={`${set.folder.split("/").map(encodeURIComponent).join("/")}/report.html`}>The page of this set</a>
            {" "}
            holds its classes, sources, curves and data.
          </p>
        </section>
      ))}
    </>
  );
}

function Judged({ set: { folder, data } }: { set: ExternalSet }) {
  if (!data) return <p>Other data than the run's; nothing of them was used to train or to choose.</p>;
  const count = (of: "subjects" | "recordings" | "items") => (
    <Traced value={data.total[of]} file={`${folder}/data.json`} at={`total.${of}`} />
  );
  return (
    <p>
      Other data than the run's: {count("items")} items of {count("recordings")} recordings and {count("subjects")}{" "}
      subjects. Nothing of them was used to train or to choose; floors are reached by models that were fitted where the
      network was.
    </p>
  );
}

function Warnings({ set: { folder, metrics } }: { set: ExternalSet }) {
  if (metrics.warnings.length === 0) return null;
  return (
    <details>
      <summary>
        <Traced value={metrics.warnings.length} file={`${folder}/metrics.json`} at="warnings" />{" "}
        {metrics.warnings.length === 1 ? "thing" : "things"} to know of these figures
      </summary>
      {metrics.warnings.map((warning, i) => (
        <p key={warning} class="small">
          <Traced value={warning} file={`${folder}/metrics.json`} at={`warnings[${i}]`} />
        </p>
      ))}
    </details>
  );
}
