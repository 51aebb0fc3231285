import type { Score, Scores } from "../../evaluation/score.ts";
import { type Reference, referenceKinds } from "../../runs/mod.ts";
import { ScoreScale } from "../page/score_scale.tsx";
import { Traced } from "../page/traced.tsx";
import { scoreName } from "../../evaluation/score_names.ts";
import { usualScores } from "../../evaluation/score_table.ts";

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
export function ScoreTable({ caption, scores, file = "metrics.json", at, wanted, references }: ScoreTableProps) {
  const official = wanted.flatMap((name) =>
    Object.keys(scores).filter((other) => other === name || other.startsWith(`${name}/`))
  );
  const general = Object.keys(scores).filter((name) => !name.includes("/") && !official.includes(name));
  const first = [...official, ...general.filter((name) => usualScores.includes(name))];
  const further = general.filter((name) => !usualScores.includes(name));
  const rows = (names: string[]) => <Rows names={names} scores={scores} file={file} at={at} references={references} />;
  return (
    <>
      <div class="scroll" tabIndex={0} role="region" aria-label={caption}>
        <table>
          <caption>{caption}</caption>
          {rows(first)}
        </table>
      </div>
      {further.length > 0 && (
        <details>
          <summary>
            <Traced value={further.length} file={file} at={at} /> further scores
          </summary>
          <div class="scroll" tabIndex={0} role="region" aria-label={`Further scores: ${caption}`}>
            <table>{rows(further)}</table>
          </div>
        </details>
      )}
    </>
  );
}

function Rows(
  { names, scores, file, at, references }:
    & { names: string[]; file: string }
    & Omit<ScoreTableProps, "caption" | "wanted">,
) {
  const compared = references.some((reference) => names.includes(reference.score));
  return (
    <>
      <thead>
        <tr>
          <th scope="col">score</th>
          <th scope="col" class="n">value</th>
          <th scope="col" class="n">interval</th>
          <th scope="col">scale 0 to 1</th>
          <th scope="col" class="n">count</th>
          <th scope="col">highest floor</th>
          {compared && <th scope="col">references</th>}
        </tr>
      </thead>
      <tbody>
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
      </tbody>
    </>
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
  const { name: whole, meaning } = scoreName(name);
  const shown = part ? name.split("/")[1] : whole;
  const traced = (value: number, key: string, digits = 3) => (
    <Traced value={value} file={file} at={`${at}.${key}`} digits={digits} />
  );
  const highest = Object.entries(score.floors).find(([, value]) => value === score.floor);
  const onScale = score.value !== null && score.value >= 0 && score.value <= 1;
  return (
    <tr class={part ? "part" : undefined}>
      <th scope="row">
        {shown}
        {meaning && <div class="meaning">{meaning}</div>}
      </th>
      <td class="n">{score.value === null ? "–" : traced(score.value, "value")}</td>
      <td class="n">
        <Interval score={score} file={file} at={at} />
      </td>
      <td class="wide">
        {onScale && <ScoreScale score={score} references={references?.map(({ value }) => value)} />}
        {score.reason && (
          <span class="small muted">
            <Traced value={score.reason} file={file} at={`${at}.reason`} />
          </span>
        )}
      </td>
      <td class="n">{traced(score.n, "n", 0)}</td>
      <td class="small floors">
        {highest && (
          <span title={Object.entries(score.floors).map(([of, value]) => `${of} ${value.toFixed(3)}`).join(", ")}>
            {traced(highest[1], `floors.${highest[0]}`)} {highest[0]}
          </span>
        )}
      </td>
      {references && (
        <td class="small said">
          {references.map((reference, i) => (
            <div key={i}>
              {referenceKinds[reference.kind]} <Traced value={reference.value} file="config.json" at="references" />
              {reference.spread !== undefined && (
                <>
                  {" "}± <Traced value={String(reference.spread)} file="config.json" at="references" />
                </>
              )} {reference.what} <span class="muted">({reference.source})</span>
            </div>
          ))}
        </td>
      )}
    </tr>
  );
}

/** Both ends of a score's interval, or that there are too few subjects for one, or a dash. */
export function Interval({ score, file = "metrics.json", at }: { score: Score; file?: string; at: string }) {
  if (score.low === null || score.high === null) {
    return <span class="muted" title={score.reason}>{/too few/.test(score.reason ?? "") ? "too few" : "–"}</span>;
  }
  return (
    <>
      <Traced value={score.low} file={file} at={`${at}.low`} digits={3} /> –{" "}
      <Traced value={score.high} file={file} at={`${at}.high`} digits={3} />
    </>
  );
}
