import { Traced } from "../page/traced.tsx";
import type { ReportView } from "../report_view.ts";

/** All that is needed to get the same numbers again. */
export function Reproduce({ view }: { view: ReportView }) {
  const { config, environment } = view.run;
  if (!config && !environment) return null;
  const rows: [string, string, string, string][] = [];
  if (config) {
    rows.push(["Seeds", config.seeds.join(", "), "config.json", "seeds"]);
    rows.push(["Engine", `${config.engine.name}: ${config.engine.description}`, "config.json", "engine"]);
    rows.push(["Configuration", config.hash, "config.json", "hash"]);
    rows.push(["Started", config.createdAt.replace("T", " ").replace(/\.\d+Z$/, " UTC"), "config.json", "createdAt"]);
  }
  if (environment) {
    const { machine, dataset } = environment;
    const hardware = `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.os} ${machine.arch}`;
    rows.push([
      "Versions",
      `Auscult ${environment.auscult}, Deno ${environment.deno}, V8 ${environment.v8}`,
      "environment.json",
      "auscult, deno, v8",
    ]);
    rows.push(["Git commit", environment.gitCommit ?? "not in a clone", "environment.json", "gitCommit"]);
    rows.push(["Lock file", environment.lockHash ?? "none", "environment.json", "lockHash"]);
    rows.push(["Machine", hardware, "environment.json", "machine"]);
    rows.push([
      "Dataset",
      `${dataset.name}, ${dataset.recordings} recordings, fingerprint ${dataset.fingerprint}`,
      "environment.json",
      "dataset",
    ]);
  }
  return (
    <section id="reproduce" aria-labelledby="reproduce-title">
      <h2 id="reproduce-title">To do it again</h2>
      {config && (
        <pre tabIndex={0} role="region" aria-label="Command">
          <code title="config.json: command">{config.command}</code>
        </pre>
      )}
      <p class="small muted">
        The same seed, engine, thread count and machine give the same bits. Everything above can be computed again from
        predictions.csv.
      </p>
      <div class="scroll" tabIndex={0} role="region" aria-label="Versions">
        <table>
          <tbody>
            {rows.map(([name, value, file, at]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>
                  <Traced value={value} file={file} at={at} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
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
    </section>
  );
}
