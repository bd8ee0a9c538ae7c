import { buildOpenApiDocument } from '#api/open-api';

export const file = 'docs/openapi.json';

/** The API's description as it is served at /openapi.json. */
export const generate = (): string => `${JSON.stringify(buildOpenApiDocument(), null, 2)}\n`;
