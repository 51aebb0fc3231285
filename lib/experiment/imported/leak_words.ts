/** What can be said of leaks where none was found: `told` who was trained on, `heard` what was recorded. */
export function leakWords({ told, heard }: { told: boolean; heard: boolean }): string[] {
  return [
    told
      ? "No subject that was judged stands among those that the table says were trained on."
      : "Who the network was trained on isn't known, so that no leak can be ruled out: rows of the part train, or a column fold, " +
        "would tell.",
    heard
      ? "Recordings with the same sound, exactly or nearly, were looked for between what was trained on and what was judged."
      : "The recordings are not here: the same sound under two names can't be found.",
  ];
}
