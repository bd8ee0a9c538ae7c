import { ERROR_CODES } from '#api/error-codes';
import { buildOpenApiDocument } from '#api/open-api';
import { routeTable } from '#api/route-table';

const routes = routeTable(() => {
  throw new Error('no sessions here');
});

describe('the API description', () => {
  const document = buildOpenApiDocument();
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method, operation: operation as { operationId?: string; responses: Record<string, unknown> } })),
  );

  test('is OpenAPI 3.1 and can be written as a file', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(JSON.parse(JSON.stringify(document))).toMatchObject({ info: { title: 'Switchboard' } });
  });

  test('names every route of the table, and no JSON route that is not in it', () => {
    const described = operations.map(({ method, path }) => `${method} ${path}`).filter((name) => name.includes(' /api/'));
    expect(described.sort()).toEqual(routes.map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`).sort());
  });

  test('gives every operation a name of its own', () => {
    const names = operations.map(({ operation }) => operation.operationId);
    expect(new Set(names).size).toBe(names.length);
    expect(names).not.toContain(undefined);
  });

  test('lists every error code a client may meet', () => {
    for (const code of Object.keys(ERROR_CODES)) expect(document.info.description).toContain(`\`${code}\``);
  });

  test("shows the webhooks' fields and the text a hurried phone gets", () => {
    expect(JSON.stringify(document.paths?.['/webhooks/twilio/whatsapp'])).toContain('please slow down');
    expect(document.components?.schemas).toHaveProperty('TwilioInboundMessage');
    expect(document.components?.schemas).toHaveProperty('TwilioStatusCallback');
  });

  test.each(routes.filter(({ success }) => success.some(({ example }) => example !== undefined)).map((route) => [route.operation, route] as const))(
    'the example answer of %s is one the route could give',
    (_name, route) => {
      for (const { example } of route.success) if (example !== undefined) expect(route.output?.parse(example)).toBeDefined();
    },
  );

  test.each(routes.filter(({ bodyExample }) => bodyExample !== undefined).map((route) => [route.operation, route] as const))(
    'the example body of %s is one the route takes',
    (_name, route) => {
      expect(route.body?.parse(route.bodyExample)).toBeDefined();
    },
  );
});
