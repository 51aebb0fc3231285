/**
 * Ends programs that a process has started, and those that they have started. Nothing happens where there is no `ps`, as
 * on Windows.
 *
 * @param options Only those that have run no longer than `seconds`; `kill`: as by SIGKILL, not by Ctrl-C.
 * @returns How many there were.
 */
export async function endPrograms(pid: number, { seconds, kill }: { seconds: number; kill: boolean }): Promise<number> {
  const programs = below(pid, await listPrograms()).filter((program) => program.seconds <= Math.ceil(seconds));
  for (const program of programs) unlessEnded(() => Deno.kill(program.pid, kill ? "SIGKILL" : "SIGINT"));
  return programs.length;
}

/** Ends a program, which may have ended already. */
export function unlessEnded(kill: () => void): void {
  try {
    kill();
  } catch {
    // it has ended already
  }
}

interface Program {
  pid: number;
  parent: number;
  seconds: number; // since when
}

async function listPrograms(): Promise<Program[]> {
  try {
    const { stdout } = await new Deno.Command("ps", { args: ["-A", "-o", "pid=,ppid=,etime=,stat="], stderr: "null" })
      .output();
    return new TextDecoder().decode(stdout).trim().split("\n").flatMap((line) => {
      const [pid, parent, etime, state] = line.trim().split(/\s+/);
      const program = { pid: Number(pid), parent: Number(parent), seconds: parseElapsed(etime) };
      return state.startsWith("Z") ? [] : [program]; // ended, and nobody has asked how
    });
  } catch {
    return [];
  }
}

/** Seconds in `[[days-]hours:]minutes:seconds` (POSIX ps). */
export function parseElapsed(text: string): number {
  const [clock, days = "0"] = text.split("-").reverse();
  return clock.split(":").reduce((sum, part) => 60 * sum + Number(part), 0) + 86400 * Number(days);
}

function below(pid: number, programs: Program[]): Program[] {
  const children = programs.filter(({ parent }) => parent === pid);
  return children.flatMap((child) => [child, ...below(child.pid, programs)]);
}
