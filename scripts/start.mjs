/** `npm start`: the whole product on this machine, until Ctrl+C. */
import { startCommand } from './local-stack/start-command.mjs';

await startCommand();
