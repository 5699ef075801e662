import { element } from "./dom.js";
import * as format from "./format.js";

/** The files that cannot be shown, each with its reason and another try. */
export function failedList(photos, back, retry) {
  const button = element("button", { type: "button", textContent: "Back to the photos" });
  button.addEventListener("click", back);
  const entries = photos.map((photo) =>
    element(
      "li",
      { dataset: { id: photo.id } },
      element("strong", { textContent: format.where(photo) }),
      element("span", { className: "state", textContent: format.state(photo) }),
      element("p", { textContent: photo.reason ?? "No reason was recorded." }),
      again(photo, retry),
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

function again(photo, retry) {
  const button = element("button", { type: "button", textContent: "Try again" });
  button.addEventListener("click", async () => {
    button.disabled = true;
    button.textContent = await retry(photo).then(
      () => "Trying again…",
      format.fault,
    );
  });
  return button;
}
