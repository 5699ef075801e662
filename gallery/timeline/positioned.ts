import { nothing } from "lit";
import { Directive, directive, type ElementPart } from "lit/directive.js";

/** Lengths in pixels, by the name of their style. */
type Lengths = Readonly<Partial<Record<"left" | "top" | "width" | "height", number>>>;

// Lit's own styleMap writes a style attribute at first, which the page's Content-Security-Policy does not allow.
class Positioned extends Directive {
  override update(part: ElementPart, [lengths]: [Lengths]): typeof nothing {
    const { style } = part.element as HTMLElement;
    for (const [name, length] of Object.entries(lengths)) style.setProperty(name, `${length}px`);
    return nothing;
  }

  override render(_lengths: Lengths): typeof nothing {
    return nothing;
  }
}

/** Set an element's position and size. */
export const positioned = directive(Positioned);
