import type { ReactNode } from 'react';
import { Logo } from './logo.tsx';
import classes from './notice.module.css';

/** A whole page with one thing to say and what to do next. */
export function Notice({ title, text, children }: { title: string; text?: string; children?: ReactNode }) {
  return (
    <div className={classes.page}>
      <section className={classes.card}>
        <Logo size={40} />
        <h1>{title}</h1>
        {text && <p>{text}</p>}
        {children}
      </section>
    </div>
  );
}
