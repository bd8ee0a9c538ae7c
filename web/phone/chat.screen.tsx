import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../i18n/locale.ts';
import { useProblemText } from '../shell/problem.tsx';
import { dayOf, formatDay } from '../time/business-time.ts';
import classes from './chat.screen.module.css';
import { ChatBubble, TypingBubble } from './chat-bubble.tsx';
import { ChatComposer } from './chat-composer.tsx';
import { ChatHeader } from './chat-header.tsx';
import type { Chat } from './chats.ts';
import { didNotArrive, isReplyExpected, offeredAnswers, tickOf, webhooksBySid } from './chats.ts';
import type { Phone } from './phones.storage.ts';
import { markRead, sendFromPhone, webhooksQuery } from './simulator.queries.ts';
import type { SimMessage } from './simulator.types.ts';
import { useSimNow } from './use-sim-now.ts';

interface Props {
  phone: Phone;
  chat: Chat;
  messages: SimMessage[];
  onBack: () => void;
}

export function ChatScreen({ phone, chat, messages, onBack }: Props) {
  const { t } = useTranslation();
  const now = useSimNow();
  const time = { timeZone: chat.timeZone, locale: useLocale() };
  const webhooks = webhooksBySid(useQuery(webhooksQuery).data ?? []);
  const envelope = { from: phone.number, to: chat.businessNumber, channel: chat.channel, profileName: phone.name };
  const send = useMutation({ mutationFn: (work: () => Promise<unknown>) => work() });
  const problem = useProblemText(send.error);
  const isTyping = isReplyExpected(messages, now);
  const scroller = useScrollToEnd(messages.length, isTyping);
  useReadReceipts(phone, chat, messages);

  const lastReply = messages.at(-1);
  const answers = lastReply && lastReply.direction !== 'inbound' && !didNotArrive(lastReply) ? offeredAnswers(lastReply.body) : [];
  return (
    <div className={classes.chat} data-channel={chat.channel}>
      <ChatHeader phone={phone} chat={chat} messageCount={messages.length} onBack={onBack} />
      <div ref={scroller} className={classes.messages} role="log" aria-label={t('phone.chatWith', { name: chat.businessName })} tabIndex={0}>
        {messages.length === 0 && <p className={classes.hint}>{t(chat.channel === 'whatsapp' ? 'phone.emptyWhatsApp' : 'phone.emptySms')}</p>}
        {messages.map((message, index) => {
          const previous = messages[index - 1];
          const isNewDay = !previous || dayOf(previous.createdAt, time) !== dayOf(message.createdAt, time);
          return (
            <div key={message.sid} className={classes.slot} data-own={message.direction === 'inbound' || undefined}>
              {isNewDay && <p className={classes.day}>{formatDay(message.createdAt, now, time)}</p>}
              <ChatBubble
                message={message}
                tick={message.direction === 'inbound' ? tickOf(message, messages, webhooks) : null}
                time={time}
                isLast={index === messages.length - 1}
              />
            </div>
          );
        })}
        {isTyping && <TypingBubble />}
      </div>
      {answers.length > 0 && (
        <ul className={classes.answers} aria-label={t('phone.quickReplies')}>
          {answers.map((answer) => (
            <li key={answer}>
              <button type="button" onClick={() => send.mutate(() => sendFromPhone({ ...envelope, body: answer }))}>
                {answer}
              </button>
            </li>
          ))}
        </ul>
      )}
      {send.isError && (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
      <ChatComposer
        envelope={envelope}
        language={chat.locale.startsWith('nl') ? 'nl' : 'en'}
        label={t('phone.messageTo', { name: chat.businessName })}
        onSend={(work) => send.mutate(work)}
      />
    </div>
  );
}

/** An open WhatsApp chat reads what it shows, as a real phone does. */
function useReadReceipts(phone: Phone, { channel }: Chat, messages: SimMessage[]): void {
  const done = useRef(new Set<string>());
  useEffect(() => {
    if (channel !== 'whatsapp' || !phone.readReceipts || document.visibilityState !== 'visible') return;
    for (const { sid, direction, status } of messages) {
      if (direction === 'inbound' || status !== 'delivered' || done.current.has(sid)) continue;
      done.current.add(sid);
      markRead(sid).catch(() => done.current.delete(sid));
    }
  }, [channel, phone.readReceipts, messages]);
}

function useScrollToEnd(count: number, isTyping: boolean) {
  const scroller = useRef<HTMLDivElement>(null);
  useEffect(() => {
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  }, [count, isTyping]);
  return scroller;
}
