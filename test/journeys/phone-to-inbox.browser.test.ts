import { registerWithSimulator } from '#services/demo/register-with-simulator';
import { seedDemo } from '#services/demo/seed-demo';
import { startTestEnv } from '../support/test-env.ts';
import { findBrowser, launchBrowser, NO_BROWSER, openPage } from '../web/support/browser.ts';

const hasBrowser = findBrowser() !== undefined;
if (!hasBrowser) process.stderr.write(`${NO_BROWSER} This journey is skipped.\n`);
const describeInBrowser = hasBrowser ? describe : describe.skip;

describeInBrowser('from the phone page to the inbox, with everything in between for real', () => {
  test('somebody writes on the phone page, gets an answer, and a member sees it, takes over and answers', async () => {
    await using env = await startTestEnv();
    await seedDemo(env.installation);
    await env.installation.numbers.refresh();
    await registerWithSimulator(env.installation);
    const browser = await launchBrowser();
    try {
      const { page, complaints } = await openPage(browser, `${env.url}/phone`, { locale: 'en-GB' });
      const composer = page.getByPlaceholder('Message').first();
      await composer.fill('Ik zoek een Volkswagen Golf');
      await composer.press('Enter');
      await page
        .getByText(/Van de Volkswagen Golf/)
        .first()
        .waitFor();

      const link = await fetch(`${env.url}/api/demo/sign-in-link`, { method: 'POST', headers: { authorization: `Bearer ${env.config.demoApiKey}` } });
      const { url } = (await link.json()) as { url: string };
      const inbox = await openPage(browser, url, { locale: 'en-GB' });
      await inbox.page.locator('a[href^="/inbox/"]').first().click();
      await inbox.page
        .getByRole('button', { name: /take over/i })
        .first()
        .click();
      const reply = inbox.page.getByPlaceholder(/write a message/i);
      await reply.fill('De groene staat klaar voor een proefrit.');
      await reply.press('Enter');
      await page.getByText('De groene staat klaar voor een proefrit.').waitFor();
      expect(complaints).toEqual([]);
      expect(inbox.complaints).toEqual([]);
    } finally {
      await browser.close();
    }
  }, 120_000);
});
