const CONTEXT = 3;

/**
 * Where two texts part, in a few lines: the first line that differs, what follows it on both sides, and by how many lines
 * they differ in length.
 * @param {string} found @param {string} wanted
 */
export function firstDifference(found, wanted) {
  const [before, after] = [found.split('\n'), wanted.split('\n')];
  const at = after.findIndex((line, index) => line !== before[index]);
  const start = at === -1 ? after.length : at;
  const excerpt = (lines, mark) => lines.slice(start, start + CONTEXT).map((line) => `  ${mark} ${line}`);
  const growth = after.length - before.length;
  return [
    `  line ${start + 1}:`,
    ...excerpt(before, '-'),
    ...excerpt(after, '+'),
    ...(growth === 0 ? [] : [`  ${Math.abs(growth)} lines ${growth > 0 ? 'more' : 'fewer'} in all`]),
  ].join('\n');
}
