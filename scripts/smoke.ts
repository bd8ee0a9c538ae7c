import { parseArgs } from 'node:util';
import { smoke } from './smoke/run.ts';

/** `npm run smoke -- --url https://desk.example.com [--webhook-secret …]`: looks at a deployment from outside, changes nothing. */
const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    'webhook-secret': { type: 'string', default: process.env.TWILIO_WEBHOOK_SECRET ?? '' },
    'timeout-ms': { type: 'string', default: '10000' },
  },
});

if (values.url === undefined || !URL.canParse(values.url)) {
  console.error('Usage: npm run smoke -- --url https://desk.example.com');
  process.exitCode = 2;
} else {
  const target = { url: new URL(values.url), webhookSecret: values['webhook-secret'] || undefined, timeoutMs: Number(values['timeout-ms']) };
  process.exitCode = (await smoke(target, console.log)) ? 0 : 1;
}
