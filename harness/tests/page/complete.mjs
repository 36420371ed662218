// @ts-check
/* A recorded run as the present reader wants it: complete.mjs RECORDED EXAMPLE
 *
 * Members that were added to the run log since it was recorded are filled in: 0, false, nothing, or empty columns of
 * zeros, with their kind taken from a log that the present program wrote. Members that are gone are left out. What was
 * measured stays as it was, so that a recorded run is worth keeping. */
import { readFileSync } from 'node:fs';

const BIG = /:(-?\d{16,})(?=[,}\]])/g; /* beyond the numbers of JavaScript: kept as they are written */
const parse = (line) => JSON.parse(line.replace(BIG, ':"big $1"'));
const write = (record) => JSON.stringify(record).replace(/"big (-?\d+)"/g, '$1');
const records = (file) => readFileSync(file, 'utf8').split('\n').filter(Boolean).map(parse);

const [recorded, example] = process.argv.slice(2);
const kinds = new Map();
for (const record of records(example)) {
    if (!kinds.has(record.record)) {
        kinds.set(record.record, record);
    }
}
kinds.set('recovery', { ...kinds.get('step') });
delete kinds.get('recovery').phase;

/* Nothing of its kind; a column as long as the others of the object that it stands in. */
function nothing(like, beside) {
    if (Array.isArray(like) && like.every((each) => typeof each !== 'number')) {
        return []; /* a list of things, of which there were none */
    }
    if (Array.isArray(like)) {
        const column = Object.values(beside).find(Array.isArray) ?? [];
        return column.map(() => 0);
    }
    if (like !== null && typeof like === 'object') {
        return Object.fromEntries(Object.entries(like).map(([key, value]) => [key, nothing(value, {})]));
    }
    return typeof like === 'number'
        ? 0
        : typeof like === 'boolean'
          ? false
          : typeof like === 'string' && like.startsWith('big ')
            ? 0
            : like;
}

function complete(record, like) {
    if (
        like === null ||
        typeof like !== 'object' ||
        Array.isArray(like) ||
        record === null ||
        typeof record !== 'object'
    ) {
        return record;
    }
    return Object.fromEntries(
        Object.entries(like).map(([key, value]) => [
            key,
            key in record ? complete(record[key], value) : nothing(value, record),
        ]),
    );
}

for (const record of records(recorded)) {
    const like = kinds.get(record.record);
    const made = like === undefined ? record : complete(record, like);
    process.stdout.write(`${write({ ...made, record: record.record })}\n`);
}
