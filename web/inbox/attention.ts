import { useTranslation } from 'react-i18next';
import type { ConversationSummary } from '../api/api.types.ts';

/** Reasons we have words for; any other is shown as the server gives it. */
const ATTENTION_REASONS = ['reply_overdue', 'hand_over', 'send_failed'] as const;

export function useAttentionText(): (attention: ConversationSummary['attention']) => string | null {
  const { t } = useTranslation();
  return (attention) => {
    if (!attention) return null;
    const known = ATTENTION_REASONS.find((reason) => reason === attention.reason);
    return known ? t(`inbox.attention.${known}`) : attention.reason;
  };
}
