import { type ComponentChildren, Fragment } from "preact";
import { type Score, scoreName, type Scores, usualScores } from "../../scores/mod.ts";
import { type Reference, referenceKinds } from "../../runs/mod.ts";
import { Cell, type Heading, numbers, Row, SCALE, ScoreScale, Table, tracer } from "../page/table.tsx";

interface ScoreTableProps {
  caption: string;
  scores: Scores;
  /** @default {"metrics.json"} */
  file?: string;
  /** Key of the scores in that file. */
  at: string;
  /** Official scores, which come first with their parts below them. */
  wanted: string[];
  references?: Reference[];
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

function Rows({ names, label, caption, scores, references = [], file = "metrics.json", at: all }: RowsProps) {
  const compared = references.some((reference) => names.includes(reference.score));
  const head: Heading[] = [
    "score",
    ...numbers("value", "interval"),
    SCALE,
    ...numbers("count"),
    ["highest floor", "small floors"],
    ...compared ? [["references", "small said"]] as const : [],
  ];
  return (
    <Table label={label} caption={caption} head={head}>
      {names.map((name) => {
        const score = scores[name], part = name.includes("/"), at = `${all}.${name}`;
        const traced = tracer(file, `${at}.`), own = references.filter((reference) => reference.score === name);
        const { name: whole, meaning } = scoreName(name, score), floors = Object.entries(score.floors);
        const highest = floors.find(([, value]) => value === score.floor);
        const reason = score.reason && <span class="small muted">{traced(score.reason, "reason")}</span>;
        return (
          <Row key={name} kind={part ? "part" : undefined}>
            <Cell>
              {part ? name.split("/")[1] : whole}
              {meaning && <div class="meaning">{meaning}</div>}
            </Cell>
            {scoreCells({ score, file, at, references: own, below: reason })}
            {traced(score.n, "n", 0)}
            {highest && (
              <span title={floors.map(([of, value]) => `${of} ${value.toFixed(3)}`).join(", ")}>
                {traced(highest[1], `floors.${highest[0]}`, 3)} {highest[0]}
              </span>
            )}
            {compared ? <>{own.map((reference) => <Compared key={reference.what} reference={reference} />)}</> : []}
          </Row>
        );
      })}
    </Table>
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

interface ScoreCellsOptions {
  score: Score;
  file?: string;
  at: string;
  references?: Reference[];
  /** What stands below the scale. */
  below?: ComponentChildren;
}

/** Value, interval and scale of a score as cells of a row. */
export function scoreCells(
  { score, file = "metrics.json", at, references = [], below }: ScoreCellsOptions,
): ComponentChildren[] {
  return [
    tracer(file)(score.value, `${at}.value`, 3),
    <Interval key="interval" score={score} file={file} at={at} />,
    <Fragment key="scale">
      <ScoreScale score={score} references={references} />
      {below}
    </Fragment>,
  ];
}

/** Both ends of a score's interval, or that there are too few subjects for one, or a dash. */
export function Interval({ score: { low, high, reason }, file = "metrics.json", at }: ScoreCellsOptions) {
  if (low === null || high === null) {
    return <span class="muted" title={reason}>{/too few/.test(reason ?? "") ? "too few" : "–"}</span>;
  }
  const traced = tracer(file, `${at}.`);
  return <>{traced(low, "low", 3)} – {traced(high, "high", 3)}</>;
}
