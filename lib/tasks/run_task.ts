import { CommanderError, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { AuscultError } from "../errors/mod.ts";
import { visibleText } from "../files/visible_text.ts";
import { writableFolders } from "../files/write_atomic.ts";
import { endTask, onStop } from "./keep_rights.ts";

/**
 * Parses the command line, runs the command's action and ends the process: status 0 on success, 2 on wrong usage, 1 on
 * failure, 130 after Ctrl-C, 141 where nobody reads what it says; with one line on standard error, and the stack with `--debug`.
 */
export async function runTask(command: CommandUnknownOpts, args: string[] = Deno.args): Promise<never> {
  command.option("--debug", "show the stack of an error").exitOverride().showHelpAfterError(
    "(--help shows the options)",
  );
  for (const child of command.commands) child.option("--debug", "show the stack of an error").exitOverride();
  const debug = args.includes("--debug");
  sayVisibly();
  try {
    await command.parseAsync(args, { from: "user" });
  } catch (error) {
    return await endTask(report(error, debug));
  }
  return await endTask(0);
}

/** Names of files, labels and messages of others end up in what a task says: none of it commands the terminal. */
function sayVisibly() {
  for (const method of ["log", "info", "warn", "error"] as const) {
    const say = console[method].bind(console);
    console[method] = (...values: unknown[]) =>
      say(...values.map((value) => typeof value === "string" ? visibleText(value) : value));
  }
}

/** Exit status of a program whose output nobody reads: 128 and the number of the signal. */
const BROKEN_PIPE = 141;

function report(error: unknown, debug: boolean): number {
  if (error instanceof Unread) return BROKEN_PIPE;
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2; // commander has printed its line
  if (error instanceof Stopped || error instanceof DOMException && error.name === "AbortError") {
    console.error(error instanceof Stopped ? error.message : "stopped");
    return 130;
  }
  console.error(`error: ${sentence(error)}`);
  if (debug && error instanceof Error) console.error(error.stack, error.cause ?? "");
  else if (!(error instanceof AuscultError)) console.error("(--debug shows where this came from)");
  return error instanceof AuscultError ? error.exitCode : 1;
}

/** What went wrong; a thing that the task may not do is told from one that the machine refuses. */
function sentence(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const [, kind, target] = /^Requires (\w+) access to (.+), run again/.exec(error.message) ?? [];
  if (!(error instanceof Deno.errors.NotCapable) || kind === undefined) return error.message;
  return kind === "write"
    ? `Expected a folder that this task may write to but found ${target}: it writes ${writableFolders()}.`
    : `This task has no permission for ${kind} access to ${target}; deno.json says what each task may do.`;
}

/** The user stopped the task; the message says what was kept and how to go on. */
export class Stopped extends Error {}

/** Nobody reads the output any more, as behind `| head`: the task ends without a word, as other programs do. */
export class Unread extends Error {}

/** Aborted at the first Ctrl-C or SIGTERM, so that work ends in good order; a second one ends the process at once. */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  if (onStop(() => controller.abort())) return controller.signal;
  const stop = () => {
    if (controller.signal.aborted) Deno.exit(130);
    console.error("\nstopping (once more ends at once) …");
    controller.abort();
  };
  Deno.addSignalListener("SIGINT", stop);
  if (Deno.build.os !== "windows") Deno.addSignalListener("SIGTERM", stop);
  return controller.signal;
}
