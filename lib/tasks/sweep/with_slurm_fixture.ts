// For peer checks: a cluster of their own.

/** Waits until Slurm has nothing to do. */
export async function queueEmpty(env: Record<string, string>): Promise<void> {
  const end = performance.now() + 60_000;
  while ((await run("squeue", ["--noheader"], env)).trim() !== "") {
    if (performance.now() > end) throw new Error("the queue is not empty after a minute");
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

/** Runs a check with a cluster of its own. */
export async function withSlurm(
  tool: (name: string) => string,
  check: (env: Record<string, string>) => Promise<void>,
): Promise<void> {
  const state = await Deno.makeTempDir();
  const env = { AUSCULT_STATE_DIR: state };
  try {
    await run(tool("slurm-local"), ["up"], env);
    await check({ ...env, SLURM_CONF: `${state}/slurm/slurm.conf` });
  } finally {
    await run(tool("slurm-local"), ["down"], env);
    await Deno.remove(state, { recursive: true });
  }
}

/** What a program prints; it must end well. */
export async function run(program: string, args: string[], env: Record<string, string> = {}): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(program, { args, env }).output();
  if (!success) throw new Error(`${program} ${args.join(" ")}: ${new TextDecoder().decode(stderr)}`);
  return new TextDecoder().decode(stdout);
}
