import { useEffect } from 'react';

/** Names the page in the tab; with unread messages the count comes first and the icon gets a dot. */
export function useDocumentTitle(page: string, unread = 0): void {
  useEffect(() => {
    document.title = titleOf(page, unread);
    document.querySelector<HTMLLinkElement>('link[rel="icon"]')?.setAttribute('href', unread > 0 ? '/favicon-unread.svg' : '/favicon.svg');
  }, [page, unread]);
}

function titleOf(page: string, unread: number): string {
  return `${unread > 0 ? `(${unread > 99 ? '99+' : unread}) ` : ''}${page} · Switchboard`;
}
