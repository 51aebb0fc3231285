/** What a check may do to its server. */
export interface LentPostgres {
  url: string;
  /** Stops the server at once, as a crash does, and starts it again on the same data after so many seconds. */
  restart(seconds: number): Promise<void>;
}

/** Runs a check with a server of its own, gone afterwards, empty before. */
export async function withPostgres(
  tool: (name: string) => string,
  check: (server: LentPostgres) => Promise<void>,
): Promise<void> {
  const state = await Deno.makeTempDir();
  const run = async (...args: string[]) => {
    const env = { AUSCULT_STATE_DIR: state };
    const { success, stdout, stderr } = await new Deno.Command(tool("postgres-local"), { args, env }).output();
    if (!success) throw new Error(new TextDecoder().decode(stderr));
    return new TextDecoder().decode(stdout).trim();
  };
  try {
    await check({ url: await run("up"), restart: (seconds) => restart(`${state}/postgres`, seconds) });
  } finally {
    await run("down");
    await Deno.remove(state, { recursive: true });
  }
}

async function restart(folder: string, seconds: number): Promise<void> {
  const data = `${await Deno.realPath(folder)}/data`;
  // Debian keeps the server's programs off the PATH, and the server refuses to run as root.
  const script = `
    bin=$(dirname "$(ls /usr/lib/postgresql/*/bin/pg_ctl | sort -V | tail -n 1)")
    as=(); [ "$(id -u)" != 0 ] || as=(setpriv --reuid=postgres --regid=postgres --init-groups)
    "\${as[@]}" "$bin/pg_ctl" -D "$0" -m immediate -w stop
    sleep "$1"
    "\${as[@]}" "$bin/pg_ctl" -D "$0" -l "$0/../log" -w start`;
  const { success, stderr } = await new Deno.Command("bash", {
    args: ["-c", script, data, String(seconds)],
    stdout: "null",
    stderr: "piped",
    cwd: "/",
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}
