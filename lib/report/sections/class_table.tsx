import { scoreName, type Scores, scoreTable } from "../../scores/mod.ts";
import { ScoreScale } from "../page/score_scale.tsx";
import { numbers, Row, SCALE, Table } from "../page/table.tsx";
import { tracer } from "../page/traced.tsx";
import { Interval } from "./score_table.tsx";

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
  const traced = tracer("metrics.json", `${at}.`);
  const cell = (key: string) => {
    const { value = null, reason } = scores[key] ?? {};
    return value === null ? <span title={reason}>–</span> : traced(value, `${key}.value`, 3);
  };
  const head = [
    "class",
    ...numbers("Recall", "interval"),
    SCALE,
    ...numbers(...kinds.map((kind) => scoreName(kind).name)),
  ];
  return (
    <Table label="Scores of each class" caption="Each class against the others" head={head}>
      {classes.map((name) => {
        const key = `recall/${name}`, recall = scores[key];
        return (
          <Row key={name}>
            {name}
            {cell(key)}
            {recall && <Interval score={recall} at={`${at}.${key}`} />}
            {recall && <ScoreScale score={recall} />}
            {kinds.map((kind) => cell(`${kind}/${name}`))}
          </Row>
        );
      })}
    </Table>
  );
}
