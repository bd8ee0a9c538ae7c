import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const PACKAGE = '@twilio/cli-core';
const VERSION = '9.0.0';
const MAX_FILE_BYTES = 64 * 1_024 * 1_024;

export interface JsonSchema {
  $ref?: string;
  type?: string;
  pattern?: string;
  enum?: unknown[];
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  required?: string[];
}

export interface OpenApiContent {
  schema: JsonSchema;
  examples?: Record<string, { value: unknown }>;
}

export interface OpenApiOperation {
  requestBody?: { content: Record<string, OpenApiContent | undefined> };
  responses: Record<string, { content?: Record<string, OpenApiContent | undefined> } | undefined>;
}

export interface OpenApi {
  paths: Record<string, Partial<Record<'get' | 'post' | 'delete' | 'put', OpenApiOperation>> | undefined>;
  components: { schemas: Record<string, JsonSchema | undefined> };
}

/**
 * Twilio's own OpenAPI file (for example `api_v2010`) from the npm package that carries it, kept in the cache folder that
 * every clone shares. Undefined, with a line on stderr, when it is not cached and the registry cannot be reached.
 */
export function loadTwilioOpenApi(product: string): OpenApi | undefined {
  const folder = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'switchboard', 'twilio-openapi', VERSION);
  const file = join(folder, `twilio_${product}.json`);
  if (!existsSync(file) && !fetchInto(folder, file, product)) return undefined;
  return JSON.parse(readFileSync(file, 'utf8')) as OpenApi;
}

function fetchInto(folder: string, file: string, product: string): boolean {
  mkdirSync(folder, { recursive: true });
  const workplace = mkdtempSync(join(folder, 'fetching-'));
  try {
    execFileSync('npm', ['pack', `${PACKAGE}@${VERSION}`, '--silent', '--pack-destination', workplace], { stdio: 'pipe', timeout: 60_000 });
    const archive = join(workplace, `twilio-cli-core-${VERSION}.tgz`);
    const json = execFileSync('tar', ['-xzOf', archive, `package/src/services/twilio-api/twilio_${product}.json`], { maxBuffer: MAX_FILE_BYTES });
    writeFileSync(join(workplace, 'complete.json'), json);
    renameSync(join(workplace, 'complete.json'), file);
    return true;
  } catch (error) {
    const [reason] = (error instanceof Error ? error.message : String(error)).split('\n');
    process.stderr.write(`Twilio's OpenAPI file is neither cached nor could it be fetched, its contract tests are skipped: ${reason}\n`);
    return false;
  } finally {
    rmSync(workplace, { recursive: true, force: true });
  }
}

/** Path template of the file that a concrete path belongs to. */
export function templateOf(spec: OpenApi, path: string): string | undefined {
  return Object.keys(spec.paths).find((template) => {
    const pattern = template.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\w+\}/g, '[^/.]+');
    return new RegExp(`^${pattern}$`).test(path);
  });
}
