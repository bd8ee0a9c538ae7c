import { useTranslation } from 'react-i18next';
import type { ConversationOwner } from '../api/api.types.ts';
import { useMe } from '../session/me.query.ts';

/** Who answers, from the reader's side: `nobody` is a conversation the assistant gave up and no member has taken. */
export type Answering = 'assistant' | 'me' | 'colleague' | 'nobody';

export function answeringOf(owner: ConversationOwner, myId: string | undefined): Answering {
  if (owner.type === 'assistant') return 'assistant';
  if (owner.memberId === null) return 'nobody';
  return owner.memberId === myId ? 'me' : 'colleague';
}

export function useOwnerWords(owner: ConversationOwner): { answering: Answering; words: string; hint: string } {
  const { t } = useTranslation();
  const me = useMe();
  const answering = answeringOf(owner, me.data?.member.id);
  switch (answering) {
    case 'assistant':
      return { answering, words: t('inbox.owner.assistantAnswers'), hint: t('inbox.owner.assistantHint') };
    case 'me':
      return { answering, words: t('inbox.owner.youAnswer'), hint: t('inbox.owner.memberHint') };
    case 'nobody':
      return { answering, words: t('inbox.owner.nobodyAnswers'), hint: t('inbox.owner.nobodyHint') };
    case 'colleague':
      return { answering, words: t('inbox.owner.memberAnswers', { name: owner.type === 'member' ? owner.name : '' }), hint: t('inbox.owner.memberHint') };
  }
}
