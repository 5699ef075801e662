import { element } from "./dom.js";

/** The files that cannot be shown, each with its reason. */
export function failedList(photos, back) {
  const button = element("button", { type: "button", textContent: "Back to the photos" });
  button.addEventListener("click", back);
  const entries = photos.map((photo) =>
    element(
      "li",
      { dataset: { id: photo.id } },
      element("strong", { textContent: photo.key }),
      element("span", { className: "state", textContent: photo.state }),
      element("p", { textContent: photo.reason ?? "No reason is known." }),
    ),
  );
  return element(
    "section",
    { className: "failed" },
    element("h1", { textContent: "Files that cannot be shown" }),
    button,
    element("ul", {}, ...entries),
  );
}
