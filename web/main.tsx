import './theme/global.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { createQueryClient } from './api/query-client.ts';
import { startI18n } from './i18n/i18n.ts';
import { createAppRouter } from './router.tsx';
import { theme } from './theme/theme.ts';

await startI18n();

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

createRoot(root).render(
  <MantineProvider theme={theme} defaultColorScheme="auto">
    <QueryClientProvider client={createQueryClient()}>
      <Notifications position="bottom-right" />
      <RouterProvider router={createAppRouter()} />
    </QueryClientProvider>
  </MantineProvider>,
);
