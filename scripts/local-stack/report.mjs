const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/**
 * Progress, one line per stage with its elapsed time. On a terminal a running stage is shown as it runs and says after
 * five seconds that it still does; elsewhere (CI, a pipe, NO_COLOR) a line is printed once, when the stage is over.
 * @param {{ stream?: NodeJS.WriteStream, env?: NodeJS.ProcessEnv }} [options]
 */
export function createReport({ stream = process.stdout, env = process.env } = {}) {
  const isRich = Boolean(stream.isTTY) && !env.CI && !env.NO_COLOR && env.TERM !== 'dumb';
  const paint = (code, text) => (isRich ? `\u001b[${code}m${text}\u001b[0m` : text);
  let startedAt = performance.now();
  const running = new Map();

  const eraseLine = () => isRich && stream.write('\r\u001b[2K');
  const drawRunning = () => {
    const stage = [...running.values()].at(-1);
    if (!isRich || !stage) return;
    const patience = performance.now() - stage.since > 5000 && stage.tip ? `  ${stage.tip}` : '';
    stream.write(`\r\u001b[2K${paint(36, '  ..')}  ${stage.name.padEnd(12)} ${seconds(stage.since)}${paint(2, patience)}`);
  };
  const ticker = isRich ? setInterval(drawRunning, 200) : undefined;
  ticker?.unref();

  const line = (text) => {
    eraseLine();
    stream.write(`${text}\n`);
    drawRunning();
  };

  return {
    isRich,
    line,
    warn: (text) => line(`${paint(33, '  !!')}  ${text}`),
    elapsed: () => seconds(startedAt),
    restartClock() {
      startedAt = performance.now();
    },
    /** @param {string} name @param {string} [tip] said when the stage takes longer than five seconds */
    stage(name, tip) {
      const since = performance.now();
      running.set(name, { name, since, tip });
      drawRunning();
      const end = (mark, detail) => {
        running.delete(name);
        line(`${mark}  ${name.padEnd(12)} ${`(${seconds(since)})`.padEnd(9)} ${detail}`);
      };
      return {
        done: (detail = '') => end(paint(32, '  ok'), detail),
        /** Not the end: another way is tried next. */
        passed: (detail = '') => end(paint(33, '  --'), detail),
        failed: (detail = '') => end(paint(31, '  no'), detail),
      };
    },
    close() {
      clearInterval(ticker);
      eraseLine();
    },
  };
}

/** @typedef {ReturnType<typeof createReport>} Report */
