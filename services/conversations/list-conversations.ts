import type { Channel } from '#domain/channel';
import type { CustomerId } from '#domain/ids';
import type { Customer } from '#models/customers.repository';
import type { ServiceContext } from '../context.ts';
import type { ConversationView } from './conversation-view.ts';
import { viewsOf } from './conversation-view.ts';

export interface ListConversationsInput {
  cursor?: string;
  limit: number;
  status?: 'open' | 'closed';
  channel?: Channel;
  owner?: 'assistant' | 'member';
  unread?: boolean;
  attention?: boolean;
  /** Beginnings of the words of a name. */
  name?: string;
  /** Exact, in any notation. */
  phone?: string;
  /** Exact. */
  email?: string;
}

const MOST_NAMESAKES = 200;

/** Newest activity first. Several searches at once must all hold. @throws Failure `cursor.invalid`. */
export async function listConversations(
  ctx: ServiceContext,
  { name, phone, email, attention, ...filter }: ListConversationsInput,
): Promise<{ items: ConversationView[]; nextCursor: string | null }> {
  const customerIds = await matchingCustomers(ctx, { name, phone, email });
  if (customerIds?.length === 0) return { items: [], nextCursor: null };
  const page = await ctx.conversations.list({ ...filter, needsAttention: attention, customerIds });
  return { items: await viewsOf(ctx, page.items), nextCursor: page.nextCursor };
}

/** undefined: everybody. */
async function matchingCustomers(
  ctx: ServiceContext,
  { name, phone, email }: Pick<ListConversationsInput, 'name' | 'phone' | 'email'>,
): Promise<CustomerId[] | undefined> {
  const one = (customer: Customer | null): Customer[] => (customer ? [customer] : []);
  const searches: Promise<Customer[]>[] = [];
  if (name !== undefined) searches.push(ctx.customers.searchByName(name, MOST_NAMESAKES));
  if (phone !== undefined) searches.push(ctx.customers.findByPhone(phone).then(one));
  if (email !== undefined) searches.push(ctx.customers.findByEmail(email).then(one));
  if (searches.length === 0) return undefined;
  const [first = [], ...others] = (await Promise.all(searches)).map((found) => found.map(({ id }) => id));
  return first.filter((id) => others.every((ids) => ids.includes(id)));
}
