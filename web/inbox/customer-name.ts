import { useTranslation } from 'react-i18next';
import type { ConversationSummary } from '../api/api.types.ts';
import { formatPhone } from '../shell/phone-number.ts';

/** What to call a customer: the name, else the number, else the address, else "Visitor" with the end of the id. */
export function useCustomerName(): (customer: ConversationSummary['customer']) => string {
  const { t } = useTranslation();
  return ({ name, phone, email, id }) => name ?? (phone ? formatPhone(phone) : null) ?? email ?? t('inbox.visitor', { id: id.slice(-4) });
}
