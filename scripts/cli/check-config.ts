import type { Config } from '#platform/config';
import { ConfigError, loadConfig } from '#platform/config';

type Print = (line: string) => void;

/** Says what is wrong, or what a good configuration leaves switched off. Returns the exit code; prints no value of any setting. */
export function checkConfig(environment: NodeJS.ProcessEnv, print: Print): number {
  try {
    const config = loadConfig(environment);
    print(`The configuration is good (${config.mode} mode).`);
    for (const remark of remarksOn(config)) print(`  ${remark}`);
    return 0;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    print(error.message);
    return 1;
  }
}

function remarksOn(config: Config): string[] {
  const hasTwilio = config.twilioAccountSid !== undefined;
  const hasNumber = config.twilioPhoneNumber !== undefined || config.twilioWhatsappNumber !== undefined;
  return [
    ...(hasTwilio ? [] : ['No TWILIO_ACCOUNT_SID: businesses without an account of their own get no SMS and no WhatsApp.']),
    ...(hasTwilio && !hasNumber ? ['Neither TWILIO_PHONE_NUMBER nor TWILIO_WHATSAPP_NUMBER: nothing is received on the account.'] : []),
    ...(config.mode === 'production' && config.twilioApiBaseUrl !== undefined ? ['TWILIO_API_BASE_URL: messages go there instead of to Twilio.'] : []),
    ...(config.publicUrl.startsWith('https://') && config.trustedProxies.length === 0
      ? ['No TRUSTED_PROXIES: behind a proxy that ends https, every request would be sent round in circles.']
      : []),
    ...(config.metricsToken === undefined ? ['No METRICS_TOKEN: /metrics answers this machine only.'] : []),
    ...(config.temporalUiUrl === undefined ? ['No TEMPORAL_UI_URL: pages show no links to workflows.'] : []),
  ];
}
