import type { Scores } from "../../evaluation/score.ts";
import { ScoreScale } from "../page/score_scale.tsx";
import { Traced } from "../page/traced.tsx";
import { scoreName } from "../../evaluation/score_names.ts";
import { scoreTable } from "../../evaluation/score_table.ts";
import { Interval } from "./score_table.tsx";

/** What a {@linkcode ClassTable} shows. */
export interface ClassTableProps {
  classes: string[];
  scores: Scores;
  /** Key of the scores in metrics.json. */
  at: string;
}

/** Scores of one class against the others (`recall/Wheeze`): a class a row, its recall with the interval. */
export function ClassTable({ classes, scores, at }: ClassTableProps) {
  const kinds = [...scoreTable].flatMap(([kind, { ofClass }]) =>
    ofClass && kind !== "recall" && classes.some((name) => `${kind}/${name}` in scores) ? [kind] : []
  );
  if (!classes.some((name) => `recall/${name}` in scores)) return null;
  const cell = (key: string) => {
    const value = scores[key]?.value ?? null;
    return value === null
      ? <span title={scores[key]?.reason}>–</span>
      : <Traced value={value} file="metrics.json" at={`${at}.${key}.value`} digits={3} />;
  };
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Scores of each class">
      <table>
        <caption>Each class against the others</caption>
        <thead>
          <tr>
            <th scope="col">class</th>
            <th scope="col" class="n">Recall</th>
            <th scope="col" class="n">interval</th>
            <th scope="col">scale 0 to 1</th>
            {kinds.map((kind) => <th scope="col" class="n" key={kind}>{scoreName(kind).name}</th>)}
          </tr>
        </thead>
        <tbody>
          {classes.map((name) => {
            const recall = scores[`recall/${name}`];
            return (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td class="n">{cell(`recall/${name}`)}</td>
                <td class="n">{recall && <Interval score={recall} at={`${at}.recall/${name}`} />}</td>
                <td class="wide">{recall && <ScoreScale score={recall} />}</td>
                {kinds.map((kind) => <td class="n" key={kind}>{cell(`${kind}/${name}`)}</td>)}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
