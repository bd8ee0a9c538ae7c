import { conversationHandle } from '#services/conversations/conversation-workflow';
import type { Product } from '../load/product.contender.ts';

export const conversationHandleOf = (product: Product, customer: number) => conversationHandle(product.ctx, product.conversationOf(customer));
