import { Command } from "@commander-js/extra-typings";
import { runTask } from "./run_task.ts";

const command = new Command("deno task doctor")
  .description("Says what this machine offers, and how to mend what it lacks.")
  .action(async () => {
    const { describeMachine } = await import("./doctor/describe_machine.ts");
    for await (const { what, found, mend } of describeMachine()) {
      console.log(`${what.padEnd(14)}${found}`);
      if (mend) console.log(`${"".padEnd(14)}-> ${mend}`);
    }
  });

await runTask(command);
