/* Run by mongosh: makes the replica set and the application's user. Safe to run again and again. */
const { MONGO_ROOT_PASSWORD, MONGO_APP_PASSWORD, MONGO_HOST = 'mongodb:27017' } = process.env;
const root = `root:${encodeURIComponent(MONGO_ROOT_PASSWORD)}`;

const admin = withPatience('MongoDB answers', () => connect(`mongodb://${root}@${MONGO_HOST}/admin?directConnection=true&serverSelectionTimeoutMS=2000`));

if (isInReplicaSet()) {
  print('The replica set exists.');
} else {
  admin.runCommand({ replSetInitiate: { _id: 'rs0', members: [{ _id: 0, host: MONGO_HOST }] } });
  print('The replica set is made.');
}
withPatience('the member is primary', () => {
  if (!admin.hello().isWritablePrimary) throw new Error('not yet');
});

const switchboard = admin.getSiblingDB('switchboard');
const user = { pwd: MONGO_APP_PASSWORD, roles: [{ role: 'readWrite', db: 'switchboard' }] };
if (switchboard.getUser('switchboard')) {
  switchboard.updateUser('switchboard', user);
  print('The user exists and has the password of today.');
} else {
  switchboard.createUser({ user: 'switchboard', ...user });
  print('The user is made.');
}

function isInReplicaSet() {
  try {
    return admin.runCommand({ replSetGetStatus: 1 }).ok === 1;
  } catch (error) {
    if (error.codeName === 'NotYetInitialized') return false;
    throw error;
  }
}

function withPatience(what, attempt) {
  for (let tries = 0; ; tries += 1) {
    try {
      // mongosh waits for a call whose value is used, not for one that is merely returned.
      const result = attempt();
      return result;
    } catch (error) {
      if (tries >= 60) throw new Error(`Waited in vain until ${what}: ${error.message}`);
      sleep(1000);
    }
  }
}
