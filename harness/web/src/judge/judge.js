// @ts-check
/* Asks the worker that judges. It is started when it is first needed, for reading a run log takes a moment; where the
 * page was built without WebAssembly there is none. */
import JudgeWorker from './worker.js?worker&inline';

/** @type {Worker | undefined} */
let worker;
/** @type {Map<number, {resolve: (result: any) => void, reject: (problem: Error) => void}>} */
const waiting = new Map();
let asked = 0;
/** @type {any} */
let readRun = null; /* the run log that the worker holds */

const moduleElement = () => document.getElementById('twofold-judge');

export const canJudge = () => moduleElement() !== null;

/** @param {string} task @param {object} rest */
function ask(task, rest) {
    return new Promise((resolve, reject) => {
        const to = started(); /* which asks for something itself the first time */
        const id = ++asked;
        waiting.set(id, { resolve, reject });
        to.postMessage({ id, task, ...rest });
    });
}

function failAll(message) {
    waiting.forEach(({ reject }) => reject(new Error(message)));
    waiting.clear();
}

/** @returns {Worker} */
function started() {
    if (worker !== undefined) {
        return worker;
    }
    const made = new JudgeWorker();
    worker = made;
    made.addEventListener('message', ({ data: { id, result, problem } }) => {
        const { resolve, reject } = waiting.get(id) ?? {};
        waiting.delete(id);
        if (problem === undefined) {
            resolve?.(result);
        } else {
            reject?.(new Error(problem));
        }
    });
    made.addEventListener('error', (event) => failAll(`the judge could not be started: ${event.message}`));
    ask('load', { module: moduleElement()?.textContent }).catch(({ message }) => failAll(message));
    return made;
}

/**
 * What is found of a run of this page under these limits.
 * @param {any} run as data.js decodes it, with its log as the page holds it, or as it was dropped
 * @param {string[]} changes of all its limits
 */
export async function judgeRun(run, changes) {
    const log = readRun === run ? null : run.packedLog;
    readRun = run;
    try {
        return (await ask('judge', { name: run.file, log, changes })).data;
    } catch (problem) {
        readRun = null;
        throw problem;
    }
}

/**
 * Reads a file that was dropped, and makes a run of it. Throws an Error that says what is wrong with it.
 * @param {File} file
 * @param {(found: {data: any, log: string}) => any} decode
 */
export async function judgeFile(file, decode) {
    readRun = null;
    const run = decode(await ask('file', { name: file.name, file }));
    readRun = run;
    return run;
}
