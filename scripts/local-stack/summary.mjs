/**
 * The last thing a start prints: every address, the sign-in link, where the data is.
 * @param {{ headline: string, state: import('./stack-state.mjs').StackState, signInLink?: string, dataDir: string, isInteractive: boolean }} options
 */
export function summary({ headline, state, signInLink, dataDir, isInteractive }) {
  const rows = [
    ['Inbox', signInLink ? `${state.inbox}   signed-in link: ${signInLink}` : state.inbox],
    ...(state.mode === 'test' ? [['Phone', `${state.phone}   <- start here: send a WhatsApp`]] : []),
    ['API docs', state.docs],
    ...(state.temporalUi ? [['Workflows', state.temporalUi]] : []),
    ['Data', `${dataDir}   (npm run reset)`],
  ];
  const mode = state.mode === 'test' ? 'TEST MODE - nothing leaves this machine' : 'PRODUCTION MODE';
  return [
    '',
    `  ${headline.padEnd(40)} ${mode}`,
    ...rows.map(([label, value]) => `  ${label.padEnd(12)} ${value}`),
    isInteractive ? '  press o open - d doctor - r reset demo - l logs - q quit' : '  Ctrl+C stops everything; npm run status shows this again',
    '',
  ].join('\n');
}
