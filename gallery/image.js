/* Pictures by signed addresses, which are good for a limited time. */

// An address that is refused so soon after it was signed is not refused because of its age.
const FRESH_MS = 30_000;

/**
 * Show the smallest rendition that serves the image's size. When its address has expired, a new one is asked for from
 * `renew`, each time. An image that cannot be loaded with a new address either gets the class "broken".
 */
export function showImage(image, photo, renew) {
  let signed = -Infinity;
  const show = ({ renditions }) => {
    image.srcset = renditions.map(({ url, width }) => `${url} ${width}w`).join(", ");
  };
  const renewed = async () => {
    const asked = Date.now();
    if (asked - signed < FRESH_MS) throw new Error("The address is new.");
    signed = asked;
    show(await renew());
  };
  image.addEventListener("load", () => {
    image.classList.remove("broken");
    image.classList.add("loaded");
  });
  image.addEventListener("error", () => renewed().catch(() => image.classList.add("broken")));
  show(photo);
}
