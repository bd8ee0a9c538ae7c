import { z } from 'zod';
import { identitySecretOf } from '#services/webchat/visitor-identity';
import { defineRoute } from '../define-route.ts';

export const webChatSettingsRoute = defineRoute({
  operation: 'getWebChatSettings',
  method: 'get',
  path: '/api/settings/web-chat',
  access: 'staff',
  tag: 'Settings',
  summary: 'What a website needs to embed the web chat and vouch for its users',
  output: z
    .object({
      businessId: z.string(),
      identitySecret: z.string().meta({ description: "Keep it on your server: sign a user's id with HMAC-SHA256 under it." }),
      allowedOrigins: z.array(z.string()),
    })
    .meta({ id: 'WebChatSettings' }),
  success: [{ status: 200, about: 'Settings of this business.' }],
  async handler({ ctx }) {
    await ctx.keys.preload([ctx.businessId]);
    return { businessId: ctx.businessId, identitySecret: identitySecretOf(ctx), allowedOrigins: ctx.config.corsOrigins };
  },
});
