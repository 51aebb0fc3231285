import { storageHost, withoutPassword } from "../sweep/storage/open_study.ts";

/** How a process of this sweep is started: with the rights of the task, and the network of its storage alone. */
export interface SweepCommand {
  /** Arguments of `deno`. */
  args: string[];
  /** Holds the password of the storage, which then stands in no list of processes and in no file. */
  env: Record<string, string>;
}

/** The command that starts this task again with the same arguments and some more. */
export function sweepCommand({ storage, more }: { storage: string | undefined; more: string[] }): SweepCommand {
  const path = new URL("./sweep.ts", import.meta.url).pathname;
  const net = storage ? [`--allow-net=${storageHost(storage)}`] : [];
  const shown = storage ? Deno.args.map((arg) => arg.replaceAll(storage, withoutPassword(storage))) : Deno.args;
  const password = storage ? decodeURIComponent(new URL(storage).password) : "";
  return {
    args: ["run", "--quiet", "-P=sweep", ...net, path, ...shown, ...more],
    env: password ? { PGPASSWORD: password } : {},
  };
}

/**
 * Starts this process again with the right to talk to the storage's host and nobody else: a set of permissions in
 * deno.json can't name a host that only the command line knows.
 *
 * @returns its exit status; nothing where this process has that right already, or needs none.
 */
export async function runWithNetwork(storage: string | undefined): Promise<number | undefined> {
  if (storage === undefined) return undefined;
  const host = storageHost(storage);
  if (Deno.permissions.querySync({ name: "net", host }).state === "granted") return undefined;
  const child = new Deno.Command("deno", sweepCommand({ storage, more: [] })).spawn();
  const forward = () => child.kill("SIGTERM");
  const leave = () => {}; // a terminal sends it to the child as well
  Deno.addSignalListener("SIGTERM", forward);
  Deno.addSignalListener("SIGINT", leave);
  return (await child.status).code;
}
