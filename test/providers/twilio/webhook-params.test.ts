import fc from 'fast-check';
import { Failure } from '#domain/failure';
import { MAX_INBOUND_TEXT } from '#domain/messages/inbound-text';
import type { FormFields } from '#providers/twilio/form-body';
import { accountSidOf, parseInboundWebhook, parseStatusWebhook } from '#providers/twilio/webhook-params';
import { ACCOUNT_SID, anInboundForm, aStatusForm, aWhatsAppForm, MESSAGE_SID } from './forms.ts';

const read = (fields: FormFields) => parseInboundWebhook(fields, { receivedAtMs: 5 });
const refused = (fields: FormFields): readonly string[] => {
  try {
    read(fields);
    return [];
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
    expect([thrown.kind, thrown.code]).toEqual(['invalid', 'webhook.invalid']);
    return thrown.details?.['fields'] as string[];
  }
};

describe('a text message', () => {
  test('on SMS says who wrote what to which number', () => {
    expect(read(anInboundForm({ Body: 'Hoi' }))).toEqual({
      accountSid: ACCOUNT_SID,
      from: { channel: 'sms', address: '+31612345678' },
      to: { channel: 'sms', address: '+3197010200001' },
      message: { messageId: MESSAGE_SID, text: 'Hoi', media: [], receivedAtMs: 5, kind: 'text' },
      truncated: false,
    });
  });

  test('on WhatsApp carries the profile name, and the address of somebody who hides the number', () => {
    const { from, to, message } = read(
      aWhatsAppForm({ From: 'whatsapp:NL.448997', WaId: undefined, ExternalUserId: 'whatsapp:NL.448997', ProfileName: ' Jan \u0007\n de  Boer ' }),
    );

    expect(from).toEqual({ channel: 'whatsapp', address: 'NL.448997' });
    expect(to).toEqual({ channel: 'whatsapp', address: '+3197010200001' });
    expect(message).toMatchObject({ profileName: 'Jan de Boer', kind: 'text' });
  });

  test('may come from a short code or a sender with a name', () => {
    expect(read(anInboundForm({ From: '12345' })).from.address).toBe('12345');
    expect(read(anInboundForm({ From: 'PostNL' })).from.address).toBe('PostNL');
  });

  test('loses control characters and odd line breaks, never its words or emoji', () => {
    const { message } = read(anInboundForm({ Body: 'Caf\u0065\u0301\r\nda\u0000g\u001b[31m\t👨‍👩‍👧 ok' }));

    expect(message.text).toBe('Caf\u00e9\ndag[31m\t👨‍👩‍👧 ok');
  });

  test('that is too long is cut between characters, and says so', () => {
    const { message, truncated } = read(anInboundForm({ Body: `${'a'.repeat(MAX_INBOUND_TEXT - 1)}👍b` }));

    expect(truncated).toBe(true);
    expect(message.text).toBe('a'.repeat(MAX_INBOUND_TEXT - 1));
  });

  test('is accepted with fields nobody has heard of', () => {
    expect(read(anInboundForm({ SomethingNew: '1', AddOns: '{"status":"successful"}' })).message.text).toBe('Hoi');
  });

  test('needs its sid only once', () => {
    expect(read(anInboundForm({ SmsSid: undefined, SmsMessageSid: undefined, SmsStatus: undefined, NumMedia: undefined })).message.messageId).toBe(MESSAGE_SID);
    expect(parseStatusWebhook(aStatusForm({ SmsSid: undefined })).sid).toBe(MESSAGE_SID);
  });

  test('tells what Twilio made of an opt-out word', () => {
    expect(read(anInboundForm({ Body: 'STOP', OptOutType: 'STOP' })).optOutType).toBe('STOP');
    expect(read(anInboundForm({ OptOutType: 'SOMETHING' })).optOutType).toBeUndefined();
  });
});

describe('other kinds of message', () => {
  test('files come in order; one without a usable address is left out', () => {
    const { message } = read(
      aWhatsAppForm({
        Body: '',
        NumMedia: '4',
        MediaUrl0: 'https://api.twilio.com/a',
        MediaContentType0: 'Image/JPEG',
        MediaUrl1: 'file:///etc/passwd',
        MediaUrl2: 'https://api.twilio.com/c',
        MediaContentType2: 'nonsense',
        MediaUrl3: `https://x/${'a'.repeat(2_000)}`,
      }),
    );

    expect(message.kind).toBe('media');
    expect(message.media).toEqual([
      { url: 'https://api.twilio.com/a', contentType: 'image/jpeg' },
      { url: 'https://api.twilio.com/c', contentType: 'application/octet-stream' },
    ]);
  });

  test('more files than a message can hold are not looked for', () => {
    const many = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`MediaUrl${n}`, `https://api.twilio.com/${n}`]));

    expect(read(anInboundForm({ NumMedia: '20', ...many })).message.media).toHaveLength(10);
  });

  test('a place has coordinates and, if given, a name', () => {
    expect(read(aWhatsAppForm({ Body: '', MessageType: 'location', Latitude: '52.37', Longitude: '-4.89', Address: 'Dam 1' })).message).toMatchObject({
      kind: 'location',
      location: { latitude: 52.37, longitude: -4.89, label: 'Dam 1' },
    });
    expect(read(aWhatsAppForm({ Body: '', MessageType: 'location', Latitude: '52', Longitude: '4' })).message.location).toEqual({ latitude: 52, longitude: 4 });
    expect(read(aWhatsAppForm({ Body: '', MessageType: 'location', Latitude: '152.37', Longitude: 'x' })).message).toMatchObject({ kind: 'unsupported' });
  });

  test('a tapped button or list row brings its payload', () => {
    expect(read(aWhatsAppForm({ MessageType: 'interactive', Body: 'Bevestig', ButtonText: 'Bevestig', ButtonPayload: 'confirm_1' })).message).toMatchObject({
      kind: 'button',
      buttonPayload: 'confirm_1',
      text: 'Bevestig',
    });
    expect(read(aWhatsAppForm({ MessageType: 'interactive', Body: 'Di 10:00', ListId: 'slot_2', ListTitle: 'Di 10:00' })).message).toMatchObject({
      kind: 'button',
      buttonPayload: 'slot_2',
    });
  });

  test('reactions, contact cards and empty messages are told apart from words', () => {
    expect(read(aWhatsAppForm({ MessageType: 'reaction', Body: '👍' })).message.kind).toBe('reaction');
    expect(read(aWhatsAppForm({ MessageType: 'contacts', Body: 'Jan' })).message.kind).toBe('unsupported');
    expect(read(aWhatsAppForm({ Body: '  ' })).message.kind).toBe('unsupported');
  });

  test.each<[string, FormFields]>([
    ['a group MMS', anInboundForm({ OtherRecipients0: '+31687654321' })],
    ['a group MMS with one field', anInboundForm({ OtherRecipients: '+31687654321' })],
    ['a WhatsApp group by its id', aWhatsAppForm({ GroupId: '1203' })],
    ['a WhatsApp group by its address', aWhatsAppForm({ From: 'whatsapp:1203630@g.us' })],
    ['a WhatsApp group by its metadata', aWhatsAppForm({ ChannelMetadata: '{"type":"whatsapp","data":{"context":{"GroupId":"12"}}}' })],
    ['a WhatsApp group by its metadata in the other spelling', aWhatsAppForm({ ChannelMetadata: '{"type":"whatsapp","data":{"context":{"group_id":"12"}}}' })],
  ])('%s is a group message', (_name, fields) => {
    expect(read(fields).message.kind).toBe('group');
  });

  test.each(['', '{', '[]', 'null', '{"data":{"context":{"GroupId":5}}}', '{"type":"whatsapp","data":{"context":{"ProfileName":"Jan"}}}'])(
    'metadata %p says nothing about groups',
    (ChannelMetadata) => {
      expect(read(aWhatsAppForm({ ChannelMetadata, OtherRecipients0: '' })).message.kind).toBe('text');
    },
  );
});

describe('what is refused', () => {
  test.each<[string, Record<string, string | undefined>, string[]]>([
    ['no sid', { MessageSid: undefined }, ['MessageSid']],
    ['a sid in capitals', { MessageSid: MESSAGE_SID.toUpperCase() }, ['MessageSid']],
    ['a call’s sid', { MessageSid: `CA${'a'.repeat(32)}` }, ['MessageSid']],
    ['a sid that is too long', { MessageSid: `${MESSAGE_SID}a` }, ['MessageSid']],
    ['a sid with a line break', { MessageSid: `${MESSAGE_SID}\n` }, ['MessageSid']],
    ['sids that differ', { SmsMessageSid: `SM${'b'.repeat(32)}` }, ['MessageSid']],
    ['sids that differ in the older field', { SmsSid: `SM${'b'.repeat(32)}` }, ['MessageSid']],
    ['no account', { AccountSid: undefined }, ['AccountSid']],
    ['an odd account', { AccountSid: 'AC1' }, ['AccountSid']],
    ['no sender', { From: undefined }, ['From']],
    ['a channel nobody here serves', { From: 'messenger:1234', To: 'messenger:99' }, ['From', 'To']],
    ['an address with a space where the plus was', { From: ' 31612345678' }, ['From']],
    ['WhatsApp to SMS', { From: 'whatsapp:+31612345678' }, ['To']],
    ['a nameless WhatsApp address', { From: 'whatsapp:', To: 'whatsapp:+31' }, ['From']],
    ['no text field', { Body: undefined }, ['Body']],
    ['a number of files that is none', { NumMedia: 'many' }, ['NumMedia']],
    ['a status callback', { SmsStatus: 'delivered', MessageStatus: 'delivered' }, ['MessageStatus', 'SmsStatus']],
  ])('%s', (_name, changes, fields) => {
    expect(refused(anInboundForm(changes))).toEqual(fields);
  });

  test('and the refusal never repeats what was sent', () => {
    expect(() => read(anInboundForm({ From: 'my-secret-number', Body: undefined }))).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('secret') }),
    );
  });
});

describe('a status callback', () => {
  test('says what became of a message, and why it failed', () => {
    expect(parseStatusWebhook(aStatusForm())).toEqual({ accountSid: ACCOUNT_SID, sid: MESSAGE_SID, channel: 'sms', status: 'delivered' });
    expect(
      parseStatusWebhook(
        aStatusForm({ To: 'whatsapp:+31612345678', MessageStatus: 'undelivered', ErrorCode: '63016', ChannelPrefix: 'whatsapp', EventType: 'UNDELIVERED' }),
      ),
    ).toEqual({
      accountSid: ACCOUNT_SID,
      sid: MESSAGE_SID,
      channel: 'whatsapp',
      status: 'undelivered',
      errorCode: 63016,
    });
  });

  test('with a status that no message of ours can have says nothing', () => {
    for (const MessageStatus of ['received', 'partially_delivered', 'brand_new']) expect(parseStatusWebhook(aStatusForm({ MessageStatus })).status).toBeNull();
    expect(parseStatusWebhook(aStatusForm({ ErrorCode: 'oops' })).errorCode).toBeUndefined();
  });

  test('with odd or differing sids is refused', () => {
    expect(() => parseStatusWebhook(aStatusForm({ MessageSid: 'SM1' }))).toThrow(Failure);
    expect(() => parseStatusWebhook(aStatusForm({ SmsSid: `SM${'c'.repeat(32)}` }))).toThrow(Failure);
  });
});

test('the account is known before anything else is believed', () => {
  expect(accountSidOf(anInboundForm({ MessageSid: 'nonsense' }))).toBe(ACCOUNT_SID);
  expect(() => accountSidOf({})).toThrow(Failure);
});

test('whatever the fields hold, the answer is a message or a refusal', () => {
  const names = Object.keys(
    aWhatsAppForm({ NumMedia: '1', MediaUrl0: '', Latitude: '', Longitude: '', ChannelMetadata: '', ButtonPayload: '', OtherRecipients0: '' }),
  );
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...names), fc.string({ unit: 'binary' })), (changes) => {
      try {
        const { message } = read(aWhatsAppForm(changes));
        expect(message.text.length).toBeLessThanOrEqual(MAX_INBOUND_TEXT);
        expect(message.text).toBe(message.text.normalize('NFC'));
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(Failure);
      }
    }),
  );
});
