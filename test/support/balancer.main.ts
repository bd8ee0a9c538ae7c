import { liveAndDieWith } from '#platform/parent-process';
import { startBalancer } from './balancer.ts';

/** A process of its own: what a test does meanwhile must not hold up the requests that pass through. */
const { BALANCER_PORT, BALANCER_BACKENDS = '', SWITCHBOARD_PARENT_PID } = process.env;
const balancer = await startBalancer(BALANCER_BACKENDS.split(','), Number(BALANCER_PORT));

const stop = (): void => void balancer[Symbol.asyncDispose]();
process.once('SIGTERM', stop);
liveAndDieWith(Number(SWITCHBOARD_PARENT_PID), stop);
