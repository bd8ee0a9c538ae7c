import type { Sessions } from './auth/session.ts';
import type { Route } from './define-route.ts';
import { chatRoutes } from './routes/chat.routes.ts';
import { conversationRoutes } from './routes/conversations.routes.ts';
import { demoRoutes } from './routes/demo.routes.ts';
import { eventsRoute } from './routes/events.routes.ts';
import { messageRoutes } from './routes/messages.routes.ts';
import { ownershipRoutes } from './routes/ownership.routes.ts';
import { webChatSettingsRoute } from './routes/settings.routes.ts';
import { meRoute, signInRoutes } from './routes/sign-in.routes.ts';
import { webhookLogRoute } from './routes/webhook-log.routes.ts';

/** Every JSON route there is. The order matters where one path could be read as another's parameter. */
export const routeTable = (sessions: () => Sessions): Route[] => [
  meRoute,
  ...signInRoutes(sessions),
  ...messageRoutes,
  ...conversationRoutes,
  ...ownershipRoutes,
  eventsRoute,
  webhookLogRoute,
  webChatSettingsRoute,
  ...chatRoutes,
  ...demoRoutes,
];
