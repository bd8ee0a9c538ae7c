import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { DESKTOP, PHONE } from './support/browser.ts';
import { useFixtureBrowser } from './support/browser-test.ts';

const fixture = useFixtureBrowser();

type Visit = [name: string, path: string, act: (page: Page) => Promise<void>];
const seen = (text: string) => async (page: Page) => page.getByText(text, { exact: false }).first().waitFor();

const VISITS: Visit[] = [
  ['the inbox', '/inbox', seen('Sanne Bakker')],
  ['a conversation', '/inbox/c_sanne', seen('En kan ik morgen')],
  ['a failed message', '/inbox/c_lotte', seen('Twilio-code 30003')],
  ['a closed window', '/inbox/c_bram', seen('De 24 uur van WhatsApp')],
  ['a conversation with a member', '/inbox/c_omar', seen('Jij antwoordt.')],
  ['a conversation that waits for a person', '/inbox/c_visitor', seen('Er wordt om een mens gevraagd.')],
  ['an inbox that finds nothing', '/inbox?q=zzzz', seen('Niets gevonden')],
  [
    'why a reply reads as it does',
    '/inbox/c_sanne',
    async (page) => {
      await page.getByRole('button', { name: 'Waarom dit antwoord' }).last().click();
      await seen('Zoekt een auto')(page);
    },
  ],
  [
    'the phones with a chat and the inspector',
    '/phone',
    async (page) => {
      await page.locator('[data-number="+31612345678"]').getByRole('textbox').fill('Hoi', { force: true });
      await page.locator('[data-number="+31612345678"]').getByRole('textbox').press('Enter');
      await seen('We hebben twee Golfs staan')(page);
    },
  ],
  ['the fault switches', '/phone?panel=faults', seen('te veel verzoeken')],
  ['a used sign-in link', '/welcome?t=used', seen('Deze link werkt niet meer')],
  ['the web chat', '/chat-demo?business=biz_garage', seen('Vraag ons wat je wilt')],
];

describe.each(['light', 'dark'] as const)('in %s colours', (colorScheme) => {
  test.each(VISITS)('%s can be used by everybody', async (_name, path, act) => {
    // Colours are the same on every screen, so the small one is looked at once.
    for (const viewport of colorScheme === 'light' ? [DESKTOP, PHONE] : [DESKTOP]) {
      fixture.world.reset();
      const { page } = await fixture.visit(path, { colorScheme, viewport });
      await act(page);
      const { violations } = await new AxeBuilder({ page }).analyze();
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect(
        serious.map(({ id, nodes }) => ({
          id,
          where: nodes.map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary?.split('\n')[1]?.trim()}`),
        })),
      ).toEqual([]);
    }
  });
});
