/** How the driver tells the floor's processes where they are; the names are the environment's. */
export interface FloorSettings {
  temporalAddress: string;
  queuePrefix: string;
  port: number;
  /** Client only: where the worker tells what it did. */
  marksUrl: string;
  /** Worker only: the compiled floor.workflow.ts. */
  bundlePath: string;
  parentPid?: number;
}

export const floorEnvironment = (settings: Omit<FloorSettings, 'parentPid'>): Record<string, string> => ({
  FLOOR_TEMPORAL_ADDRESS: settings.temporalAddress,
  FLOOR_QUEUE_PREFIX: settings.queuePrefix,
  FLOOR_PORT: String(settings.port),
  FLOOR_MARKS_URL: settings.marksUrl,
  FLOOR_BUNDLE: settings.bundlePath,
});

export function readFloorSettings(env: NodeJS.ProcessEnv): FloorSettings {
  const read = (name: string): string => {
    const value = env[name];
    if (value === undefined) throw new Error(`${name} is not set: this process is started by npm run bench`);
    return value;
  };
  return {
    temporalAddress: read('FLOOR_TEMPORAL_ADDRESS'),
    queuePrefix: read('FLOOR_QUEUE_PREFIX'),
    port: Number(read('FLOOR_PORT')),
    marksUrl: read('FLOOR_MARKS_URL'),
    bundlePath: read('FLOOR_BUNDLE'),
    ...(env['SWITCHBOARD_PARENT_PID'] ? { parentPid: Number(env['SWITCHBOARD_PARENT_PID']) } : {}),
  };
}
