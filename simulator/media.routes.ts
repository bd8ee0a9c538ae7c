import { Router } from 'express';
import type { Media } from './media.state.ts';
import { mediaAnswer, messageUri } from './message.answer.ts';
import { notFound } from './twilio.errors.ts';
import type { World } from './world.ts';

const MEDIA = '/2010-04-01/Accounts/:accountSid/Messages/:messageSid/Media';

/** The authenticated part: descriptions, and the redirect to a short-lived storage URL for the bytes. */
export function mediaRoutes(world: World): Router {
  const router = Router();

  router.get(`${MEDIA}.json`, ({ params, path }, response) => {
    const message = world.messages.get(params.accountSid, params.messageSid);
    if (!message) throw notFound(path);
    const list = world.media.ofMessage(message.sid);
    const uri = `${messageUri(message)}/Media.json?PageSize=50&Page=0`;
    response.json({
      end: Math.max(0, list.length - 1),
      first_page_uri: uri,
      media_list: list.map(mediaAnswer),
      next_page_uri: null,
      page: 0,
      page_size: 50,
      previous_page_uri: null,
      start: 0,
      uri,
    });
  });

  router.get(`${MEDIA}/:sid.json`, ({ params, path }, response) => {
    response.json(mediaAnswer(ownMedia(params, path)));
  });

  router.delete(`${MEDIA}/:sid{.json}`, ({ params, path }, response) => {
    const media = ownMedia(params, path);
    world.media.remove(media.sid);
    const message = world.messages.find(media.parentSid);
    if (message) message.mediaSids = message.mediaSids.filter((sid) => sid !== media.sid);
    response.status(204).end();
  });

  router.get(`${MEDIA}/:sid`, ({ params, path }, response) => {
    const media = ownMedia(params, path);
    response.redirect(307, `${world.url}/_storage/${world.media.openStorageLink(media.sid)}`);
  });

  const ownMedia = (params: { accountSid: string; messageSid: string; sid: string }, path: string): Media => {
    const media = world.media.get(params.messageSid, params.sid);
    if (media?.accountSid !== params.accountSid) throw notFound(path);
    return media;
  };
  return router;
}

/** Storage itself: no credentials, the link is the secret and lives for a minute. */
export function storageRoutes(world: World): Router {
  const router = Router();
  router.get('/_storage/:secret', ({ params }, response) => {
    const media = world.media.fromStorageLink(params.secret);
    if (!media) return void response.status(403).type('application/xml').send('<Error><Code>AccessDenied</Code></Error>');
    response.type(media.contentType).send(media.bytes);
  });
  return router;
}
