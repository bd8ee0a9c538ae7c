import { connect, createServer } from 'node:net';

/** Free means: nothing listens on it, neither on IPv4 nor on IPv6 loopback. @param {number} port */
export async function isPortFree(port) {
  if (!(await canListen(port, '127.0.0.1'))) return false;
  return !(await accepts(port, '::1'));
}

/** @param {number} port @param {string} host @returns {Promise<boolean>} */
function canListen(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** @param {number} port @param {string} host @returns {Promise<boolean>} */
export function accepts(port, host = '127.0.0.1', timeoutMs = 1000) {
  return new Promise((resolve) => {
    const socket = connect({ port, host });
    const answer = (accepted) => {
      socket.destroy();
      resolve(accepted);
    };
    socket.setTimeout(timeoutMs, () => answer(false));
    socket.once('connect', () => answer(true));
    socket.once('error', () => answer(false));
  });
}

/** A port the system considers free at this moment. @returns {Promise<number>} */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}

/**
 * The preferred port, or the next free one above it.
 * @param {number} preferred
 * @param {Set<number>} taken ports already promised to another part of the stack; the answer is added to it
 */
export async function claimPort(preferred, taken = new Set()) {
  for (let port = preferred; port < Math.min(preferred + 200, 65_536); port += 1) {
    if (taken.has(port) || !(await isPortFree(port))) continue;
    taken.add(port);
    return port;
  }
  const port = await freePort();
  taken.add(port);
  return port;
}
