import type { Score, Scores as ScoreTable } from "../../evaluation/score.ts";
import type { Reference } from "../../runs/mod.ts";
import { ScoreScale } from "../page/score_scale.tsx";
import { Traced } from "../page/traced.tsx";
import type { ReportView } from "../report_view.ts";
import { scoreName } from "../score_names.ts";

/** Every score with its interval, count, floors and what was published. */
export function Scores({ view }: { view: ReportView }) {
  const { metrics, part, run } = view;
  if (!metrics) return null;
  const units = (["item", "recording", "subject"] as const).filter((unit) => metrics.pooled[unit]);
  const parts = Object.entries(run.metrics?.parts ?? {}).filter(([name]) => name !== part);
  return (
    <section id="scores" aria-labelledby="scores-title">
      <h2 id="scores-title">Scores</h2>
      <p class="small muted">
        Dot: value. Band: interval over subjects. Ticks: floors, which are reached without listening. Rings: published.
      </p>
      {units.map((unit) => (
        <Table
          key={unit}
          caption={`Part ${part}, one count a${unit === "item" ? "n" : ""} ${unit}, all folds and seeds together`}
          scores={metrics.pooled[unit]!}
          at={`parts.${part}.pooled.${unit}`}
          wanted={view.wanted}
          references={run.config?.references ?? []}
        />
      ))}
      {metrics.folds.length > 1 && <Folds view={view} />}
      {parts.map(([name, other]) =>
        other.pooled.item && (
          <details key={name}>
            <summary>Part {name}</summary>
            <Table
              caption={`Part ${name}, one count an item`}
              scores={other.pooled.item}
              at={`parts.${name}.pooled.item`}
              wanted={view.wanted}
              references={[]}
            />
          </details>
        )
      )}
    </section>
  );
}

interface TableProps {
  caption: string;
  scores: ScoreTable;
  /** Key in metrics.json. */
  at: string;
  wanted: string[];
  references: Reference[];
}

function Table({ caption, scores, at, wanted, references }: TableProps) {
  const rank = (name: string) => wanted.findIndex((official) => name === official || name.startsWith(`${official}/`));
  const order = Object.keys(scores).toSorted((a, b) => (rank(a) < 0 ? 99 : rank(a)) - (rank(b) < 0 ? 99 : rank(b)));
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={caption}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">score</th>
            <th scope="col" class="n">value</th>
            <th scope="col" class="n">interval</th>
            <th scope="col">scale 0 to 1</th>
            <th scope="col" class="n">count</th>
            <th scope="col">floors</th>
            {references.length > 0 && <th scope="col">published</th>}
          </tr>
        </thead>
        <tbody>
          {order.map((name) => (
            <Row
              key={name}
              name={name}
              score={scores[name]}
              at={`${at}.${name}`}
              references={references.length > 0 ? references.filter((reference) => reference.score === name) : null}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  name: string;
  score: Score;
  at: string;
  /** `null` where the table has no such column. */
  references: Reference[] | null;
}

function Row({ name, score, at, references }: RowProps) {
  const { name: shown, meaning } = scoreName(name);
  const traced = (value: number, key: string) => <Traced value={value} file="metrics.json" at={`${at}.${key}`} />;
  const onScale = score.value !== null && score.value >= 0 && score.value <= 1;
  return (
    <tr>
      <th scope="row">
        {shown}
        {meaning && <div class="small muted" style={{ fontWeight: 400 }}>{meaning}</div>}
      </th>
      <td class="n">{score.value === null ? "–" : traced(score.value, "value")}</td>
      <td class="n">
        {score.low === null || score.high === null
          ? "–"
          : <>{traced(score.low, "low")} – {traced(score.high, "high")}</>}
      </td>
      <td style={{ minWidth: "150px" }}>
        {onScale && <ScoreScale score={score} references={references?.map(({ value }) => value)} />}
        {score.reason && <span class="small muted">{score.reason}</span>}
      </td>
      <td class="n">{traced(score.n, "n")}</td>
      <td class="small">
        {Object.entries(score.floors).map(([floor, value]) => (
          <div key={floor}>{floor} {traced(value, `floors.${floor}`)}</div>
        ))}
      </td>
      {references && (
        <td class="small">
          {references.map((reference, i) => (
            <div key={i}>
              <Traced value={reference.value} file="config.json" at="references" />
              {reference.spread !== undefined && ` ± ${reference.spread}`} {reference.what}{" "}
              <span class="muted">({reference.source})</span>
            </div>
          ))}
        </td>
      )}
    </tr>
  );
}

function Folds({ view: { metrics, part } }: { view: ReportView }) {
  const folds = metrics!.folds;
  const names = Object.keys(folds[0].scores).filter((name) => !name.includes("/")).slice(0, 6);
  return (
    <details>
      <summary>Each fold and seed</summary>
      <div class="scroll" tabIndex={0} role="region" aria-label="Scores of each fold and seed">
        <table>
          <thead>
            <tr>
              <th scope="col">fold</th>
              <th scope="col" class="n">seed</th>
              {names.map((name) => <th scope="col" class="n" key={name}>{scoreName(name).name}</th>)}
            </tr>
          </thead>
          <tbody>
            {folds.map((fold, i) => (
              <tr key={i}>
                <th scope="row">{fold.fold}</th>
                <td class="n">{fold.seed}</td>
                {names.map((name) => {
                  const value = fold.scores[name]?.value ?? null;
                  const at = `parts.${part}.folds[${i}].scores.${name}.value`;
                  return (
                    <td class="n" key={name}>
                      {value === null ? "–" : <Traced value={value} file="metrics.json" at={at} />}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
