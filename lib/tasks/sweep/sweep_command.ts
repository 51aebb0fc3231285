import { resolve } from "node:path";
import { storageHost, withoutPassword } from "../../sweep/storage/open_study.ts";

/** What a sweep needs beyond the rights of its task, which can't name what only the command line knows. */
export interface SweepNeeds {
  /** `postgres://…`: the network of this host. */
  storage?: string;
  /** The programs of Slurm. */
  slurm?: boolean;
}

/** How a process of this sweep is started: with the rights of the task, and those that it needs besides. */
export interface SweepCommand {
  /** Arguments of `deno`. */
  args: string[];
  /** Holds the password of the storage, which then stands in no list of processes and in no file. */
  env: Record<string, string>;
}

const SLURM = ["sbatch", "squeue", "scancel"];

/** The command that starts this task again with the same arguments and some more. */
export function sweepCommand({ storage, slurm }: SweepNeeds, more: string[] = []): SweepCommand {
  const net = storage ? [`--allow-net=${storageHost(storage)}`] : [];
  const run = slurm ? [`--allow-run=${["deno", ...SLURM].join(",")}`] : [];
  const shown = storage ? Deno.args.map((arg) => arg.replaceAll(storage, withoutPassword(storage))) : Deno.args;
  const password = storage ? decodeURIComponent(new URL(storage).password) : "";
  return {
    args: [
      "run",
      "--quiet",
      "--no-prompt",
      "--config",
      resolve("deno.json"),
      "-P=sweep",
      ...net,
      ...run,
      Deno.mainModule,
      ...shown,
      ...more,
    ],
    env: password ? { PGPASSWORD: password } : {},
  };
}

/**
 * Starts this process again with the right to talk to the storage's host and nobody else, and to run Slurm's programs,
 * where it needs them.
 *
 * @returns its exit status; nothing where this process has what it needs.
 */
export async function runWithRights(needs: SweepNeeds): Promise<number | undefined> {
  const { storage, slurm } = needs;
  const granted = (right: Deno.PermissionDescriptor) => Deno.permissions.querySync(right).state === "granted";
  const net = storage === undefined || granted({ name: "net", host: storageHost(storage) });
  const run = !slurm || SLURM.every((command) => granted({ name: "run", command }));
  if (net && run) return undefined;
  const child = new Deno.Command("deno", sweepCommand(needs)).spawn();
  const forward = () => child.kill("SIGTERM");
  const leave = () => {}; // a terminal sends it to the child as well
  Deno.addSignalListener("SIGTERM", forward);
  Deno.addSignalListener("SIGINT", leave);
  return (await child.status).code;
}
