// Buttons of which one is pressed. Runs in the page.

/** What is chosen from. */
export function Choice<T>({ label, of, chosen, named = String, title, choose }: {
  label: string;
  of: readonly T[];
  chosen: T;
  named?(one: T): string;
  title?(one: T): string;
  choose(one: T): void;
}) {
  return (
    <div class="choice" role="group" aria-label={label}>
      {of.map((one, i) => (
        <button
          key={i}
          type="button"
          aria-pressed={one === chosen}
          title={title?.(one)}
          onClick={() => choose(one)}
        >
          {named(one)}
        </button>
      ))}
    </div>
  );
}
