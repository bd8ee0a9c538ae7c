const LOOK_EVERY_MS = 1_000;

/** Calls back once when the process with that id is gone. Without an id, never. */
export function liveAndDieWith(parentPid: number | undefined, onGone: () => void): void {
  if (parentPid === undefined) return;
  const timer = setInterval(() => {
    if (isAlive(parentPid)) return;
    clearInterval(timer);
    onGone();
  }, LOOK_EVERY_MS);
  timer.unref();
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
