import { ERROR_CODES } from '#api/error-codes';

export const file = 'docs/errors.md';

const INTRODUCTION = `# Errors

<!-- Generated from api/error-codes.ts by \`npm run generate\`; change the codes there, not this page. -->

Whatever goes wrong, the answer has one form, and the request id is also in the header \`x-request-id\` and in the log:

\`\`\`json
{ "error": { "code": "conversation.not_found", "message": "There is no such conversation.", "requestId": "…" } }
\`\`\`

Codes are stable: a client may rely on them. Messages are for people and may change. \`details\` is added where it helps, for
example \`details.issues\` with the fields a request got wrong. After a 429 or 503 the header \`Retry-After\`, where there is
one, says how many seconds to wait. Which statuses a route answers with stands in [openapi.json](openapi.json).

| Code | Meaning |
| --- | --- |
`;

/** The page of error codes, in the order in which they are defined. */
export function generate(): string {
  const rows = Object.entries(ERROR_CODES).map(([code, meaning]) => `| \`${code}\` | ${meaning} |`);
  return `${INTRODUCTION}${rows.join('\n')}\n`;
}
