import { type ComponentChildren, createContext } from "preact";

/** The sections of a page as they are met, for its contents. */
export const Sections = createContext<{ id: string; name: string }[]>([]);

export interface SectionProps {
  id: string;
  title: string;
  /** Its name in the contents. @default its title */
  short?: string;
  children: ComponentChildren;
}

/** A part of a page with its heading; the contents lead to its id. */
export function Section({ id, title, short = title, children }: SectionProps) {
  return (
    <Sections.Consumer>
      {(met) => {
        met.push({ id, name: short });
        return (
          <section id={id} aria-labelledby={`${id}-title`}>
            <h2 id={`${id}-title`}>{title}</h2>
            {children}
          </section>
        );
      }}
    </Sections.Consumer>
  );
}
