import { spawn } from 'node:child_process';

/**
 * Single-key commands on a terminal. Raw mode also means that Ctrl+C arrives as a key.
 * @param {Record<string, () => void>} commands by key
 * @returns {() => void} gives the terminal back
 */
export function listenForKeys(commands, stdin = process.stdin) {
  if (!stdin.isTTY) return () => {};
  const onData = (data) => {
    const key = data.toString();
    if (key === '\u0003') process.kill(process.pid, 'SIGINT');
    else commands[key.toLowerCase()]?.();
  };
  stdin.setRawMode(true);
  stdin.resume();
  stdin.on('data', onData);
  return () => {
    stdin.off('data', onData);
    stdin.setRawMode(false);
    stdin.pause();
  };
}

/** @param {string} url @param {(text: string) => void} say told when there is no browser to open */
export function openBrowser(url, say) {
  const command = process.platform === 'darwin' ? 'open' : 'xdg-open';
  const browser = spawn(command, [url], { stdio: 'ignore', detached: true });
  browser.once('error', () => say(`No browser could be opened; the address is ${url}`));
  browser.unref();
}
