import type { RunData } from "../../runs/mod.ts";
import { encoderWords } from "../encoder_words.ts";
import { Section } from "../page/section.tsx";
import { numbers, Table, tracer } from "../page/table.tsx";
import type { ReportView } from "../report_view.ts";

/** What was learned from and judged on, and what was left out. */
export function Data({ view }: { view: ReportView }) {
  const { data } = view.run;
  if (!data) return null;
  const { byClass, byPart, bySource, classes, total } = data;
  return (
    <Section id="data" title="Data">
      <p>
        {data.title}, task {data.task}. {data.citation && `${data.citation}.`} Licence: {data.licence || "none stated"}.
      </p>
      {encoderWords(view.run.config?.experiment).map((words) => <p key={words}>{words}</p>)}
      <Amounts caption="By class" first="class" at="byClass" total={total} rows={byClass} name={({ label }) => label} />
      <Amounts
        {...{
          caption: view.run.splits ? "By part (of the first fold)" : "By part",
          first: "part",
          at: "byPart",
          classes,
        }}
        rows={byPart}
        name={({ part }) => part}
      />
      {bySource.length > 1 && (
        <Amounts
          {...{ caption: "By source: sub-database, device or site", first: "source", at: "bySource", classes }}
          rows={bySource}
          name={({ source }) => view.listed(source)}
        />
      )}
      <PassedOver view={view} passedOver={data.passedOver} />
    </Section>
  );
}

type Amount = RunData["total"];

interface AmountsProps<R> {
  caption: string;
  /** Heading of the first column. */
  first: string;
  /** Key in data.json. */
  at: string;
  rows: R[];
  name: (row: R) => string;
  classes?: string[];
  total?: Amount;
}

const traced = tracer("data.json");

function Amounts<R extends Amount & { byClass?: Record<string, number> }>(
  { caption, first, at, rows, name, classes = [], total }: AmountsProps<R>,
) {
  const cells = ({ subjects, recordings, items, seconds }: Amount, path: string) => [
    ...[traced(subjects, `${path}.subjects`), traced(recordings, `${path}.recordings`)],
    ...[traced(items, `${path}.items`), traced(hours(seconds), `${path}.seconds`)],
  ];
  return (
    <Table
      {...{ label: caption, caption }}
      head={[[first, "whole"], ...numbers("subjects", "recordings", "items", "duration", ...classes)]}
      rows={[
        ...rows.map((row, i) => [
          ...[name(row), ...cells(row, `${at}[${i}]`)],
          ...classes.map((name) => traced(row.byClass?.[name] ?? 0, `${at}[${i}].byClass.${name}`)),
        ]),
        ...total ? [["all", ...cells(total, "total")]] : [],
      ]}
    />
  );
}

function PassedOver({ view, passedOver }: { view: ReportView; passedOver: RunData["passedOver"] }) {
  if (passedOver.length === 0) return <p>No file was passed over.</p>;
  return (
    <>
      <h3>Left out</h3>
      <p>
        {traced(passedOver.length, "passedOver")} {passedOver.length === 1 ? "file or item was" : "files or items were"}
        {" "}
        left out.
      </p>
      <details>
        <summary>Which ones, and why</summary>
        <Table
          label="Left out"
          head={["file", "reason"]}
          rows={passedOver.slice(0, LISTED).map(({ path, reason }) => [view.listed(path), reason])}
        />
        {passedOver.length > LISTED && (
          <p>The other {traced(passedOver.length - LISTED, "passedOver")} stand in data.json.</p>
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
