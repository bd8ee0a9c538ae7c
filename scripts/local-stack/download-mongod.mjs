/** Downloads mongod from MongoDB, checked against its published checksum, into the folder given as argument. Asks once. */
const [folder] = process.argv.slice(2);
if (!folder) throw new Error('usage: download-mongod.mjs <folder>');

process.env.MONGOMS_MAX_RETRIES = '1';
process.env.MONGOMS_MD5_CHECK = 'true';
// The library verifies the server's certificate only when npm says so.
process.env.npm_config_strict_ssl = 'true';

try {
  const { MongoBinary } = await import('mongodb-memory-server-core/lib/util/MongoBinary.js');
  console.log(await MongoBinary.getPath({ downloadDir: folder }));
  process.exit(0);
} catch (error) {
  console.error(`error: ${error.message}`);
  process.exit(1);
}
