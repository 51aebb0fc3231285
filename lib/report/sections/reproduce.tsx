import type { ComponentChildren } from "preact";
import { Section } from "../page/section.tsx";
import { Table, Traced, tracer } from "../page/table.tsx";
import { changeWords } from "../../runs/status_file.ts";
import type { ReportView } from "../report_view.ts";

/** All that is needed to get the same numbers again. */
export function Reproduce({ view: { run } }: { view: ReportView }) {
  const { config, environment } = run;
  if (!config && !environment) return null;
  return (
    <Section id="reproduce" title="To do it again" short="Reproduce">
      {config && (
        <pre tabIndex={0} role="region" aria-label="Command">
          <code title="config.json: command">{config.command}</code>
        </pre>
      )}
      <p class="small muted">
        {sameBits(run)}Everything above can be computed again from predictions.csv.
      </p>
      <Table label="Versions" rows={facts(run)} />
      {config && (
        <details>
          <summary>The whole experiment</summary>
          <pre tabIndex={0} role="region" aria-label="Experiment">
            <code>{JSON.stringify(config.experiment, null, 2)}</code>
          </pre>
        </details>
      )}
      {environment && (
        <details>
          <summary>Packages</summary>
          <p class="small">
            <Traced
              value={Object.entries(environment.packages).map(([name, version]) => `${name} ${version}`).join(", ")}
              file="environment.json"
              at="packages"
            />
          </p>
        </details>
      )}
    </Section>
  );
}

/** When the same command gives the same numbers. */
function sameBits({ config, status }: ReportView["run"]): string {
  if (config?.imported || config?.joined) return "";
  return status?.engineChanges
    ? "The engine changed amid training: no other run gives the same bits. "
    : "The same seed, engine, thread count and machine give the same bits. ";
}

/** What was run, and on what. */
function facts({ config, environment, status }: ReportView["run"]): ComponentChildren[][] {
  const rows: ComponentChildren[][] = [];
  if (config) {
    const { seeds, engine, hash, createdAt, joined } = config;
    const traced = tracer("config.json");
    rows.push(["Seeds", traced(seeds.join(", "), "seeds")]);
    if (joined) rows.push(["Joined", traced(joined.join(", "), "joined")]);
    rows.push(["Engine", traced(`${engine.name}: ${engine.description}`, "engine")]);
    status?.engineChanges?.forEach((change, i) => {
      const why = `${change.name}: ${change.description} (${change.reason})`;
      rows.push([`Engine ${changeWords(change)}`, tracer("status.json")(why, `engineChanges.${i}`)]);
    });
    rows.push(["Configuration", traced(hash, "hash")]);
    rows.push(["Started", traced(createdAt.replace("T", " ").replace(/\.\d+Z$/, " UTC"), "createdAt")]);
  }
  if (environment) {
    const { machine: { cpu, cores, memoryGiB, os, arch }, dataset, auscult, deno, v8 } = environment;
    const traced = tracer("environment.json");
    const known = `${dataset.name}, ${dataset.recordings} recordings, fingerprint ${dataset.fingerprint}`;
    rows.push(
      ["Versions", traced(`Auscult ${auscult}, Deno ${deno}, V8 ${v8}`, "auscult, deno, v8")],
      ["Git commit", traced(environment.gitCommit ?? "not in a clone", "gitCommit")],
      ["Lock file", traced(environment.lockHash ?? "none", "lockHash")],
      ["Machine", traced(`${cpu}, ${cores} cores, ${memoryGiB} GiB, ${os} ${arch}`, "machine")],
      ["Dataset", traced(known, "dataset")],
    );
  }
  return rows;
}
