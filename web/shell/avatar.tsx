import classes from './avatar.module.css';
import { initialsOf, toneOf } from './avatar.tone.ts';

/** Initials on a colour that stays the same for the same person. */
export function Avatar({ name, seed = name, size = 34 }: { name: string; seed?: string; size?: number }) {
  return (
    <span className={classes.avatar} data-tone={toneOf(seed)} style={{ width: size, height: size, fontSize: Math.round(size * 0.38) }} aria-hidden>
      {initialsOf(name)}
    </span>
  );
}
