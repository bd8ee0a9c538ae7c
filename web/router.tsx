import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { z } from 'zod';
import { inboxSearchSchema } from './inbox/inbox.search.ts';
import { phoneSearchSchema } from './phone/phone.search.ts';
import { AppShell } from './shell/app-shell.tsx';
import { CrashPage, NotFoundPage } from './shell/fallback-pages.tsx';

const rootRoute = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage, errorComponent: CrashPage });

const staffRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'staff',
  component: () => (
    <AppShell>
      <Outlet />
    </AppShell>
  ),
});

const indexRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/inbox' });
  },
});

const inboxRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: '/inbox',
  validateSearch: inboxSearchSchema,
  component: lazyRouteComponent(() => import('./inbox/inbox.page.tsx'), 'InboxPage'),
});

const conversationRoute = createRoute({
  getParentRoute: () => inboxRoute,
  path: '$conversationId',
});

const phoneRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: '/phone',
  validateSearch: phoneSearchSchema,
  component: lazyRouteComponent(() => import('./phone/phone.page.tsx'), 'PhonePage'),
});

const welcomeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/welcome',
  validateSearch: z.object({ t: z.string().optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('./welcome/welcome.page.tsx'), 'WelcomePage'),
});

const chatDemoRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/chat-demo',
  validateSearch: z.object({ business: z.string().optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('./chat-demo/chat-demo.page.tsx'), 'ChatDemoPage'),
});

const routeTree = rootRoute.addChildren([
  indexRoute,
  welcomeRoute,
  chatDemoRoute,
  staffRoute.addChildren([inboxRoute.addChildren([conversationRoute]), phoneRoute]),
]);

export const createAppRouter = () => createRouter({ routeTree, defaultPreload: 'intent' });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
