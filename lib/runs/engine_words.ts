import type { RunConfig } from "./config_file.ts";
import type { EngineChange } from "./status_file.ts";

/** What trained the networks of a run: the engine that it began with, and those that went on. */
export function engineWords({ engine }: Pick<RunConfig, "engine">, changes: readonly EngineChange[] = []): string {
  return [engine.description, ...changes.map((change) => `${changeWords(change)} by ${change.description}`)].join(", ");
}

/** When an engine went on: "after epoch 2 of network 1". */
export function changeWords({ network, after }: EngineChange): string {
  return after === 0 ? `from network ${network + 1} on` : `after epoch ${after} of network ${network + 1}`;
}
