import type { RunData } from "../../runs/mod.ts";
import { Traced } from "../page/traced.tsx";
import type { ReportView } from "../report_view.ts";

/** What was learned from and judged on, and what was left out. */
export function Data({ view }: { view: ReportView }) {
  const { data } = view.run;
  if (!data) return null;
  return (
    <section id="data" aria-labelledby="data-title">
      <h2 id="data-title">Data</h2>
      <p>
        {data.title}, task {data.task}. {data.citation && `${data.citation}.`} Licence: {data.licence || "none stated"}.
      </p>
      <Amounts
        caption="By class"
        first="class"
        at="byClass"
        rows={data.byClass.map((row) => ({ ...row, name: row.label }))}
        total={data.total}
      />
      <Amounts
        caption={view.run.splits ? "By part (of the first fold)" : "By part"}
        first="part"
        at="byPart"
        classes={data.classes}
        rows={data.byPart.map((row) => ({ ...row, name: row.part }))}
      />
      {data.bySource.length > 1 && (
        <Amounts
          caption="By source: sub-database, device or site"
          first="source"
          at="bySource"
          classes={data.classes}
          rows={data.bySource.map((row) => ({ ...row, name: view.listed(row.source) }))}
        />
      )}
      <PassedOver view={view} data={data} />
    </section>
  );
}

type Amount = RunData["total"];
interface AmountRow extends Amount {
  name: string;
  byClass?: Record<string, number>;
}

interface AmountsProps {
  caption: string;
  /** Heading of the first column. */
  first: string;
  /** Key in data.json. */
  at: string;
  rows: AmountRow[];
  classes?: string[];
  total?: Amount;
}

const COLUMNS = ["subjects", "recordings", "items", "seconds"] as const;

function Amounts({ caption, first, at, rows, classes = [], total }: AmountsProps) {
  const cells = (row: Amount, path: string) =>
    COLUMNS.map((column) => (
      <td class="n" key={column}>
        {column === "seconds"
          ? <Traced value={hours(row.seconds)} file="data.json" at={`${path}.seconds`} />
          : <Traced value={row[column]} file="data.json" at={`${path}.${column}`} />}
      </td>
    ));
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={caption}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{first}</th>
            {COLUMNS.map((column) => (
              <th scope="col" class="n" key={column}>{column === "seconds" ? "duration" : column}</th>
            ))}
            {classes.map((name) => <th scope="col" class="n" key={name}>{name}</th>)}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={row.name}>
              <th scope="row" class="whole">{row.name}</th>
              {cells(row, `${at}[${i}]`)}
              {classes.map((name) => (
                <td class="n" key={name}>
                  <Traced value={row.byClass?.[name] ?? 0} file="data.json" at={`${at}[${i}].byClass.${name}`} />
                </td>
              ))}
            </tr>
          ))}
          {total && (
            <tr>
              <th scope="row">all</th>
              {cells(total, "total")}
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}

function PassedOver({ view, data }: { view: ReportView; data: RunData }) {
  const { passedOver } = data;
  if (passedOver.length === 0) return <p>No file was passed over.</p>;
  return (
    <>
      <h3>Left out</h3>
      <p>
        <Traced value={passedOver.length} file="data.json" at="passedOver" />{" "}
        {passedOver.length === 1 ? "file or item was" : "files or items were"} left out.
      </p>
      <details>
        <summary>Which ones, and why</summary>
        <div class="scroll" tabIndex={0} role="region" aria-label="Left out">
          <table>
            <thead>
              <tr>
                <th scope="col">file</th>
                <th scope="col">reason</th>
              </tr>
            </thead>
            <tbody>
              {passedOver.slice(0, LISTED).map(({ path, reason }, i) => (
                <tr key={i}>
                  <td>{view.listed(path)}</td>
                  <td>{reason}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        {passedOver.length > LISTED && (
          <p>
            The other <Traced value={passedOver.length - LISTED} file="data.json" at="passedOver" /> stand in data.json.
          </p>
        )}
      </details>
    </>
  );
}

const LISTED = 200;

function hours(seconds: number): string {
  if (seconds < 120) return `${seconds.toFixed(0)} s`;
  return seconds < 7200 ? `${(seconds / 60).toFixed(1)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
