import process from "node:process";

const EVERY_MS = 1000;

/**
 * Resolves when the process that started this one has ended. Jupyter names itself in `JPY_PARENT_PID`: a front end that
 * was killed can't say good-bye.
 */
export function parentGone(): Promise<"parent"> {
  const first = Deno.ppid;
  const named = Number(Deno.env.get("JPY_PARENT_PID"));
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      // On Windows the variable holds a handle, and a parent's id never changes.
      const watched = Deno.build.os === "windows" ? first : named || first;
      if (Deno.ppid === first && isAlive(watched)) return;
      clearInterval(timer);
      resolve("parent");
    }, EVERY_MS);
  });
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
