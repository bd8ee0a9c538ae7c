import type { ConversationDetail, Message } from '#web/api/api.types';

export const GARAGE = { id: 'biz_garage', name: 'Autobedrijf Van Dijk', timeZone: 'Europe/Amsterdam', locale: 'nl', number: '+3197010200001' };
export const DENTIST = { id: 'biz_dentist', name: 'Bright Smile Dental', timeZone: 'Europe/London', locale: 'en', number: '+447480700001' };
export const KIM = { id: 'mem_kim', name: 'Kim de Boer', role: 'owner' };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export interface FixtureConversation {
  detail: ConversationDetail;
  messages: Message[];
}

type Written = [minutesAgo: number, role: Message['role'], text: string, more?: Partial<Message>];

/** A small inbox in every state a conversation can be in, with times relative to now. */
export function aGarageInbox(nowMs: number): FixtureConversation[] {
  const at = (minutesAgo: number) => new Date(nowMs - minutesAgo * MINUTE).toISOString();
  const conversation = (id: string, name: string | null, phone: string | null, patch: Partial<ConversationDetail>, written: Written[]): FixtureConversation => {
    const messages = written.map(([minutesAgo, role, text, more], index) => message(id, index, role, text, at(minutesAgo), more));
    const last = messages.at(-1);
    const lastInbound = messages.findLast(({ direction }) => direction === 'inbound');
    const channel = patch.channel ?? 'whatsapp';
    return {
      messages,
      detail: {
        id,
        customer: { id: `cus_${id}`, name, phone, email: null },
        channel,
        businessNumber: channel === 'web' ? GARAGE.id : GARAGE.number,
        status: 'open',
        owner: { type: 'assistant' },
        unreadCount: 0,
        attention: null,
        lastMessage: last ? { text: last.text, role: last.role, at: last.at } : null,
        lastInboundAt: lastInbound?.at ?? null,
        windowEndsAt: channel === 'whatsapp' && lastInbound ? new Date(Date.parse(lastInbound.at) + DAY).toISOString() : null,
        language: 'nl',
        contextFrom: null,
        workflow: { id: `conversation:${GARAGE.id}:${id}`, url: `http://localhost:8233/namespaces/default/workflows/conversation%3A${GARAGE.id}%3A${id}` },
        ...patch,
      },
    };
  };
  return [
    conversation('c_sanne', 'Sanne Bakker', '+31612345678', { unreadCount: 2 }, [
      [60 * 26, 'customer', 'Goedemiddag, zijn jullie zaterdag open?', { coveredBy: 'c_sanne.1' }],
      [
        60 * 26 - 1,
        'assistant',
        'Goedemiddag! Zaterdag zijn we open van 10:00 tot 16:00. Zondag zijn we gesloten.',
        { id: 'c_sanne.1', turnId: 't_hours', status: 'read' },
      ],
      [9, 'customer', 'Hoi', { coveredBy: 'c_sanne.5' }],
      [9, 'customer', 'Ik zoek een Volkswagen Golf', { coveredBy: 'c_sanne.5' }],
      [8, 'customer', 'Benzine, vanaf 2018, het liefst onder de € 18.000', { coveredBy: 'c_sanne.5' }],
      [
        8,
        'assistant',
        'We hebben twee Golfs die passen:\n• Golf 1.0 TSI Comfortline, 2019, 62.400 km, € 16.950\n• Golf 1.5 TSI Highline, 2018, 81.200 km, € 17.750\nWilt u er een komen bekijken?',
        {
          id: 'c_sanne.5',
          turnId: 't_golf',
          status: 'read',
          quickReplies: [
            { label: 'Ja, graag', payload: 'yes' },
            { label: 'Meer foto’s', payload: 'photos' },
          ],
        },
      ],
      [1, 'customer', 'Die eerste ziet er goed uit! Heeft hij een trekhaak?'],
      [1, 'customer', 'En kan ik morgen rond 11 uur langskomen?'],
    ]),
    conversation('c_omar', 'Omar El Idrissi', '+31687654321', { owner: { type: 'member', memberId: KIM.id, name: KIM.name }, unreadCount: 0 }, [
      [34, 'customer', 'Mijn auto maakt sinds gisteren een raar geluid bij het remmen', { coverReason: 'takeover' }],
      [33, 'assistant', 'Dat klinkt vervelend. Ik haal er een collega bij die u verder helpt.', { turnId: 't_omar', status: 'delivered' }],
      [28, 'member', 'Dag Omar, Kim hier. Komt het geluid van voor of van achter?', { status: 'read', memberName: KIM.name }],
      [12, 'customer', 'Van voor, vooral links', { coverReason: 'takeover' }],
      [11, 'member', 'Dan zijn het waarschijnlijk de remblokken. Kunt u vanmiddag om 15:30 langskomen?', { status: 'delivered', memberName: KIM.name }],
    ]),
    conversation('c_lotte', 'Lotte Visser', '+31623456789', { channel: 'sms', attention: { reason: 'send_failed', since: at(48) } }, [
      [50, 'customer', 'Is de APK al klaar?', { coveredBy: 'c_lotte.1' }],
      [
        49,
        'assistant',
        'Uw auto is klaar. U kunt hem tot 17:30 ophalen.',
        { id: 'c_lotte.1', turnId: 't_apk', status: 'undelivered', delivery: failed(30003, 'Unreachable destination handset') },
      ],
    ]),
    conversation(
      'c_visitor',
      null,
      null,
      {
        channel: 'web',
        owner: { type: 'member', memberId: null, name: null },
        customer: { id: 'cus_7f3a', name: null, phone: null, email: null },
        attention: { reason: 'hand_over', since: at(95) },
        unreadCount: 1,
      },
      [
        [97, 'customer', 'Ik wil graag een klacht indienen over mijn laatste beurt', { coveredBy: 'c_visitor.1' }],
        [96, 'assistant', 'Wat vervelend. Ik vraag een collega om u hier te antwoorden.', { id: 'c_visitor.1', turnId: 't_complaint', delivery: null }],
        [95, 'customer', 'Graag snel, ik zit op mijn werk.'],
      ],
    ),
    conversation('c_bram', 'Bram Jansen', '+31634567890', {}, [
      [60 * 30, 'customer', 'Wat kost een kleine beurt voor een Polo?', { coveredBy: 'c_bram.1' }],
      [60 * 30 - 1, 'assistant', 'Een kleine beurt voor een Polo kost € 149, inclusief olie en filter.', { id: 'c_bram.1', turnId: 't_price', status: 'read' }],
      [
        60 * 2,
        'member',
        'Nog interesse in een afspraak?',
        {
          memberName: KIM.name,
          delivery: { state: 'parked', attempts: 1, waitsFor: 'template', nextTryAt: null, error: { code: 63016, text: 'outside the window' } },
        },
      ],
    ]),
    conversation('c_eva', 'Eva Smit', '+31645678901', { status: 'closed', channel: 'sms' }, [
      [60 * 24 * 3, 'customer', 'Bedankt voor de snelle hulp!', { coveredBy: 'c_eva.1' }],
      [60 * 24 * 3 - 1, 'assistant', 'Graag gedaan. Fijn dat we konden helpen!', { id: 'c_eva.1', turnId: 't_thanks', status: 'delivered' }],
    ]),
    ...Array.from({ length: 60 }, (_, index) =>
      conversation(
        `c_old${index}`,
        `${FIRST_NAMES[index % FIRST_NAMES.length]} ${LAST_NAMES[index % LAST_NAMES.length]}`,
        `+3161000${String(index).padStart(4, '0')}`,
        { channel: index % 3 === 0 ? 'sms' : 'whatsapp' },
        [
          [60 * 24 * 4 + index * 190, 'customer', OLD_QUESTIONS[index % OLD_QUESTIONS.length] ?? '', { coveredBy: `c_old${index}.1` }],
          [
            60 * 24 * 4 + index * 190 - 1,
            'assistant',
            'Dat zoek ik voor u uit. U hoort het vandaag nog.',
            { id: `c_old${index}.1`, turnId: 't_old', status: 'read' },
          ],
        ],
      ),
    ),
    conversation(
      'c_long',
      'Daan Mulder',
      '+31656789012',
      {},
      Array.from(
        { length: 90 },
        (_, index): Written => [
          60 * 24 * 20 - index * 7,
          index % 2 === 0 ? 'customer' : 'assistant',
          `Bericht ${index + 1} van een lang gesprek`,
          index % 2 === 0 ? {} : { turnId: 't_old', status: 'read' },
        ],
      ),
    ),
  ];
}

const FIRST_NAMES = ['Fleur', 'Milan', 'Noor', 'Thijs', 'Yara', 'Pieter', 'Iris', 'Stefan', 'Femke', 'Ruben', 'Aisha'];
const LAST_NAMES = ['de Wit', 'Hendriks', 'Peters', 'van Leeuwen', 'Kuiper', 'Mulder', 'Postma'];
const OLD_QUESTIONS = [
  'Hebben jullie ook winterbanden?',
  'Kan ik mijn auto inruilen?',
  'Hoe laat sluiten jullie vandaag?',
  'Is de blauwe Fiat 500 nog te koop?',
];

const failed = (code: number, text: string): Message['delivery'] => ({ state: 'failed', attempts: 4, waitsFor: null, nextTryAt: null, error: { code, text } });

function message(conversationId: string, index: number, role: Message['role'], text: string, at: string, more: Partial<Message> = {}): Message {
  const outbound = role !== 'customer';
  return {
    id: `${conversationId}.${index}`,
    conversationId,
    direction: outbound ? 'outbound' : 'inbound',
    role,
    text,
    media: [],
    quickReplies: [],
    at,
    coveredBy: null,
    coverReason: null,
    turnId: null,
    delivery: outbound ? { state: 'accepted', attempts: 1, waitsFor: null, nextTryAt: null, error: null } : null,
    status: outbound ? null : 'received',
    statusHistory: [],
    memberName: null,
    ...more,
  };
}

export const newMessage = message;
