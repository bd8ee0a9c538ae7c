import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits behind a prefix that says what the token is for, so that leaked ones can be recognised. */
export const newToken = (prefix: string): string => `${prefix}_${randomBytes(32).toString('base64url')}`;

/** What is stored of a token; tokens are random, so a fast hash is enough and can be looked up. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('base64url');
