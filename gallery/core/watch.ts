// The wait until the next refresh: short after a change, longer and longer without one.
const SHORTEST_MS = 1500;
const LONGEST_MS = 30_000;
const GROWTH = 1.3;
const GROWTH_AFTER_FAILURE = 2;

/** The next wait in milliseconds, after one that ended with a change, without one, or with a failure. */
export function nextWait(wait: number, outcome: "changed" | "unchanged" | "failed"): number {
  if (outcome === "changed") return SHORTEST_MS;
  return Math.min(LONGEST_MS, wait * (outcome === "failed" ? GROWTH_AFTER_FAILURE : GROWTH));
}

/**
 * Refresh again and again until `signal` is aborted; while the tab is hidden, wait until it is visible.
 * `report` gets each failure, and null when there is none any more.
 */
export async function watch(
  refresh: () => Promise<boolean>,
  report: (failure: unknown) => void,
  signal: AbortSignal,
): Promise<void> {
  let wait = SHORTEST_MS;
  while (!signal.aborted) {
    try {
      const changed = await refresh();
      if (signal.aborted) return;
      wait = nextWait(wait, changed ? "changed" : "unchanged");
      report(null);
    } catch (failure) {
      if (signal.aborted) return;
      wait = nextWait(wait, "failed");
      report(failure);
    }
    await sleep(wait, signal);
    await visible();
  }
}

/** Wait, or until the signal is aborted. */
const sleep = (milliseconds: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener("abort", done);
  });

async function visible(): Promise<void> {
  while (document.hidden) {
    await new Promise((shown) => document.addEventListener("visibilitychange", shown, { once: true }));
  }
}
