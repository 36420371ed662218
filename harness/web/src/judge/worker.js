// @ts-check
/* The worker in which runs are judged. It gets {id, task, …} and answers {id, result} or {id, problem}:
 *
 *   load       {module: gzip in base64}: once, first
 *   file       {name, file}: read a file that was dropped, gzip or not, which the judge sees; the result is {data, log}
 *   judge      {name, log: gzip in base64, changes}: a run that the page holds, under other limits; the result is
 *              {data}. log is null: it is the run that was read last */
import { unpack } from '../packed.js';
import { loadJudge } from './module.js';

/** @type {Awaited<ReturnType<typeof loadJudge>>} */
let judge;

async function contentsOf(file) {
    try {
        return new Uint8Array(await file.arrayBuffer());
    } catch (problem) {
        throw new Error(`${file.name}: it cannot be read (${problem})`);
    }
}

const TASKS = {
    load: async ({ module }) => {
        judge = await loadJudge(await unpack(module));
    },
    file: async ({ name, file }) => {
        judge.read(name, await contentsOf(file));
        return { data: JSON.parse(judge.judge([])), log: judge.log([]) };
    },
    judge: async ({ name, log, changes }) => {
        if (log !== null) {
            judge.read(name, await unpack(log));
        }
        return { data: JSON.parse(judge.judge(changes)) };
    },
};

/* One after the other: a run is read before it is judged. */
let last = Promise.resolve();

addEventListener('message', ({ data: { id, task, ...rest } }) => {
    last = last.then(async () => {
        try {
            postMessage({ id, result: await TASKS[task](rest) });
        } catch (problem) {
            postMessage({ id, problem: problem instanceof Error ? problem.message : String(problem) });
        }
    });
});
