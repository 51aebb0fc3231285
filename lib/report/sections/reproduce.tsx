import { Section } from "../page/section.tsx";
import { Table } from "../page/table.tsx";
import { Traced } from "../page/traced.tsx";
import type { ReportView } from "../report_view.ts";

/** All that is needed to get the same numbers again. */
export function Reproduce({ view: { run } }: { view: ReportView }) {
  const { config, environment } = run;
  if (!config && !environment) return null;
  return (
    <Section id="reproduce" title="To do it again">
      {config && (
        <pre tabIndex={0} role="region" aria-label="Command">
          <code title="config.json: command">{config.command}</code>
        </pre>
      )}
      <p class="small muted">
        {!config?.imported && "The same seed, engine, thread count and machine give the same bits. "}Everything above
        can be computed again from predictions.csv.
      </p>
      <Table label="Versions">
        {facts(run).map(([name, value, file, at]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>
              <Traced value={value} file={file} at={at} />
            </td>
          </tr>
        ))}
      </Table>
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

/** Name, value, file and key of what was run, and on what. */
function facts({ config, environment }: ReportView["run"]): [string, string, string, string][] {
  const rows: [string, string, string, string][] = [];
  const add = (file: string, own: [name: string, value: string, at: string][]) =>
    rows.push(...own.map(([name, value, at]): [string, string, string, string] => [name, value, file, at]));
  if (config) {
    add("config.json", [
      ["Seeds", config.seeds.join(", "), "seeds"],
      ["Engine", `${config.engine.name}: ${config.engine.description}`, "engine"],
      ["Configuration", config.hash, "hash"],
      ["Started", config.createdAt.replace("T", " ").replace(/\.\d+Z$/, " UTC"), "createdAt"],
    ]);
  }
  if (environment) {
    const { machine: { cpu, cores, memoryGiB, os, arch }, dataset, auscult, deno, v8 } = environment;
    const known = `${dataset.name}, ${dataset.recordings} recordings, fingerprint ${dataset.fingerprint}`;
    add("environment.json", [
      ["Versions", `Auscult ${auscult}, Deno ${deno}, V8 ${v8}`, "auscult, deno, v8"],
      ["Git commit", environment.gitCommit ?? "not in a clone", "gitCommit"],
      ["Lock file", environment.lockHash ?? "none", "lockHash"],
      ["Machine", `${cpu}, ${cores} cores, ${memoryGiB} GiB, ${os} ${arch}`, "machine"],
      ["Dataset", known, "dataset"],
    ]);
  }
  return rows;
}
