import type { ComponentChildren } from "preact";
import { scoreName } from "../../evaluation/score_names.ts";
import type { Score, Scores } from "../../evaluation/score.ts";
import { usualScores } from "../../evaluation/score_table.ts";
import { type Reference, referenceKinds } from "../../runs/mod.ts";
import { ScoreScale } from "../page/score_scale.tsx";
import { numbers, Table } from "../page/table.tsx";
import { tracer } from "../page/traced.tsx";

/** What a {@linkcode ScoreTable} shows. */
export interface ScoreTableProps {
  caption: string;
  scores: Scores;
  /** @default {"metrics.json"} */
  file?: string;
  /** Key of the scores in that file. */
  at: string;
  /** Official scores, which come first with their parts below them. */
  wanted: string[];
  references: Reference[];
}

/** Scores of everything together, one a row; those of single classes stand in a table of their own. */
export function ScoreTable({ caption, wanted, ...props }: ScoreTableProps) {
  const { scores, file = "metrics.json", at } = props;
  const official = wanted.flatMap((name) =>
    Object.keys(scores).filter((other) => other === name || other.startsWith(`${name}/`))
  );
  const general = Object.keys(scores).filter((name) => !name.includes("/") && !official.includes(name));
  const first = [...official, ...general.filter((name) => usualScores.includes(name))];
  const further = general.filter((name) => !usualScores.includes(name));
  return (
    <>
      <Rows {...props} names={first} label={caption} caption={caption} />
      {further.length > 0 && (
        <details>
          <summary>{tracer(file)(further.length, at)} further scores</summary>
          <Rows {...props} names={further} label={`Further scores: ${caption}`} />
        </details>
      )}
    </>
  );
}

interface RowsProps extends Omit<ScoreTableProps, "caption" | "wanted"> {
  names: string[];
  label: string;
  caption?: string;
}

function Rows({ names, label, caption, scores, file = "metrics.json", at, references }: RowsProps) {
  const compared = references.some((reference) => names.includes(reference.score));
  const head = [
    "score",
    ...numbers("value", "interval"),
    "scale 0 to 1",
    ...numbers("count"),
    "highest floor",
    ...compared ? ["references"] : [],
  ];
  return (
    <Table label={label} caption={caption} head={head}>
      {names.map((name) => (
        <Row
          key={name}
          name={name}
          score={scores[name]}
          file={file}
          at={`${at}.${name}`}
          references={compared ? references.filter((reference) => reference.score === name) : null}
        />
      ))}
    </Table>
  );
}

interface RowProps {
  name: string;
  score: Score;
  file: string;
  at: string;
  /** `null` where the table has no such column. */
  references: Reference[] | null;
}

function Row({ name, score, file, at, references }: RowProps) {
  const part = name.includes("/");
  const { name: whole, meaning } = scoreName(name, score);
  const traced = tracer(file, `${at}.`);
  const highest = Object.entries(score.floors).find(([, value]) => value === score.floor);
  return (
    <tr class={part ? "part" : undefined}>
      <th scope="row">
        {part ? name.split("/")[1] : whole}
        {meaning && <div class="meaning">{meaning}</div>}
      </th>
      <ScoreCells score={score} file={file} at={at} references={references ?? []}>
        {score.reason && <span class="small muted">{traced(score.reason, "reason")}</span>}
      </ScoreCells>
      <td class="n">{traced(score.n, "n", 0)}</td>
      <td class="small floors">
        {highest && (
          <span title={Object.entries(score.floors).map(([of, value]) => `${of} ${value.toFixed(3)}`).join(", ")}>
            {traced(highest[1], `floors.${highest[0]}`, 3)} {highest[0]}
          </span>
        )}
      </td>
      {references && (
        <td class="small said">
          {references.map((reference) => <Compared key={reference.what} reference={reference} />)}
        </td>
      )}
    </tr>
  );
}

function Compared({ reference: { kind, value, spread, what, source } }: { reference: Reference }) {
  const traced = tracer("config.json");
  return (
    <div>
      {referenceKinds[kind]} {traced(value, "references")}
      {spread !== undefined && <>{" "}± {traced(String(spread), "references")}</>} {what}{" "}
      <span class="muted">({source})</span>
    </div>
  );
}

/** What {@linkcode ScoreCells} show. */
export interface ScoreCellsProps {
  score: Score;
  file?: string;
  at: string;
  references?: Reference[];
  /** What stands below the scale. */
  children?: ComponentChildren;
}

/** Value, interval and scale of a score as cells of a row. */
export function ScoreCells({ score, file = "metrics.json", at, references = [], children }: ScoreCellsProps) {
  const onScale = score.value !== null && score.value >= 0 && score.value <= 1;
  return (
    <>
      <td class="n">{tracer(file)(score.value, `${at}.value`, 3)}</td>
      <td class="n">
        <Interval score={score} file={file} at={at} />
      </td>
      <td class="wide">
        {onScale && <ScoreScale score={score} references={references.map(({ value }) => value)} />}
        {children}
      </td>
    </>
  );
}

/** Both ends of a score's interval, or that there are too few subjects for one, or a dash. */
export function Interval({ score, file = "metrics.json", at }: { score: Score; file?: string; at: string }) {
  if (score.low === null || score.high === null) {
    return <span class="muted" title={score.reason}>{/too few/.test(score.reason ?? "") ? "too few" : "–"}</span>;
  }
  const traced = tracer(file, `${at}.`);
  return <>{traced(score.low, "low", 3)} – {traced(score.high, "high", 3)}</>;
}
