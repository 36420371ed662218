// @ts-check
/* The page of runs: reads its data, keeps what the reader chose, has moved limits judged, and lets every part draw
 * itself again when any of that changes. */
import { decodeRun } from './data.js';
import { h } from './dom.js';
import { find } from './findings.js';
import { canJudge, judgeRun } from './judge/judge.js';
import { allAssignments, limitsOf, sameLimits } from './limits.js';
import { unpackText } from './packed.js';
import { paletteOf } from './palette.js';
import { readHash, writeHash } from './state.js';
import { forecast } from './charts/forecast.js';
import { headroom } from './charts/headroom.js';
import { ladder } from './charts/ladder.js';
import { multiples } from './charts/multiples.js';
import { recovery } from './charts/recovery.js';
import { capacities } from './charts/capacities.js';
import { resources } from './charts/resources.js';
import { soak } from './charts/soak.js';
import { spectrum } from './charts/spectrum.js';
import { insideStep } from './charts/step.js';
import { answerPart, sentencesPart } from './parts/answer.js';
import { costsPart } from './parts/costs.js';
import { footPart } from './parts/foot.js';
import { generatorsPart } from './parts/generators.js';
import { glancePart } from './parts/glance.js';
import { headPart } from './parts/head.js';
import { limitsPart } from './parts/limits.js';
import { machinePart } from './parts/machine.js';
import { profilePart } from './parts/profile.js';
import { scoresPart } from './parts/scores.js';
import { stallsPart } from './parts/stalls.js';

/** @type {any[]} */
let runs = [];

/** @type {any} */
let state;
/** @type {any} */
let found;
/** @type {any} */
let palette;
/** @type {any[]} */
let parts = [];

/* What became of the limits that were moved: judged already, being judged, or why they could not be. */
let judging = false;
/** @type {string | null} */
let problem = null;

/* The step that is shown from inside: the reader's, or what broke first. */
function chosen() {
    const backend = found.backends.find(({ name }) => name === state.step?.backend);
    const asked = backend?.steps.find(({ step }) => step.order === state.step.order && step.trial === state.step.trial);
    if (asked !== undefined) {
        return { backend, judged: asked };
    }
    const broken = found.backends
        .filter(({ firstBreak }) => firstBreak !== null)
        .sort((a, b) => a.breaksAt - b.breaksAt);
    const first =
        broken[0] ??
        found.backends.find(({ lastGood }) => lastGood !== null) ??
        found.backends.find(({ steps }) => steps.length > 0);
    return first === undefined
        ? null
        : { backend: first, judged: first.firstBreak ?? first.lastGood ?? first.steps[0] };
}

const view = {
    get runs() {
        return runs;
    },
    state: () => state,
    found: () => found,
    palette: () => palette,
    chosen,
    selected: () => chosen()?.judged ?? null,
    canJudge,
    judging: () => judging,
    problem: () => problem,
    choose: (judged, backend) => change({ step: { backend, trial: judged.trial, order: judged.step.order } }),
    setLimits: (limits) => change({ limits }),
    setTheme: (theme) => change({ theme }),
    setRun: (run) => change({ run, limits: runs[run].own, step: null, at: null }),
    setLevel: (at) => change({ at }),
};

/* A run's log is unpacked when the run is first shown. */
async function unpacked(run) {
    if (run.recordsOf === undefined) {
        Object.assign(run, decodeRun(run.data, await unpackText(run.packedLog)));
    }
    return run;
}

function show() {
    if (state.theme === null) {
        delete document.documentElement.dataset.theme;
    } else {
        document.documentElement.dataset.theme = state.theme;
    }
    document.title = `${found.run.report.scenario}: what breaks first when traffic doubles? – twofold`;
    document.body.toggleAttribute('data-judging', judging);
    for (const part of parts) {
        part.refresh();
    }
}

/* While one is under way the newest of those asked for meanwhile waits; the others are of no interest any more. */
let underWay = false;

async function judgeMoved() {
    if (underWay) {
        return;
    }
    underWay = true;
    for (let judged = null; judging && judged !== state.limits;) {
        const run = runs[state.run];
        judged = state.limits;
        try {
            const data = await judgeRun(run, allAssignments(judged));
            if (run === runs[state.run] && judged === state.limits) {
                found = find(run, data);
            }
        } catch (why) {
            problem = why instanceof Error ? why.message : String(why);
        }
    }
    underWay = false;
    judging = false;
    show();
}

/* Shows what is chosen: at once what the page holds, and what has to be judged when it is. */
async function follow() {
    const run = await unpacked(runs[state.run]);
    if (run !== runs[state.run]) {
        return;
    }
    problem = null;
    if (found?.run.file !== run.file || found.run.recordsOf !== run.recordsOf) {
        found = find(run, run.data);
        palette = paletteOf(run.data.report.backends.map(({ name }) => name));
    }
    if (sameLimits(state.limits, run.own)) {
        judging = false;
        found = found.data === run.data ? found : find(run, run.data);
    } else if (canJudge() && !sameLimits(state.limits, found.limits)) {
        judging = true;
    }
    show();
    if (judging) {
        judgeMoved();
    }
}

function change(part) {
    state = { ...state, ...part };
    const hash = writeHash(state, runs[state.run].own);
    history.replaceState(null, '', hash || location.href.split('#')[0]);
    return follow();
}

/**
 * `shown` are runs as data.js decodes them, or {data, own, packedLog} of those that are not unpacked yet.
 * @param {any[]} shown
 */
export async function showRuns(shown) {
    runs = shown;
    state = readHash(location.hash, runs);
    const run = await unpacked(runs[state.run]);
    found = find(run, run.data);
    palette = paletteOf(run.data.report.backends.map(({ name }) => name));
    parts = [
        headPart(view),
        answerPart(view),
        headroom(view),
        glancePart(view),
        sentencesPart(view),
        limitsPart(view),
        ladder(view),
        capacities(view),
        stallsPart(view),
        profilePart(view),
        multiples(view),
        resources(view),
        insideStep(view),
        spectrum(view),
        forecast(view),
        recovery(view),
        soak(view),
        scoresPart(view),
        costsPart(view),
        generatorsPart(view),
        machinePart(view),
        footPart(view),
    ];
    document
        .getElementById('page')
        ?.replaceChildren(parts[0], h('main', null, ...parts.slice(1, -1)), parts[parts.length - 1]);
    await follow();
    requestAnimationFrame(() => setTimeout(() => performance.mark('twofold:shown')));
}

/**
 * @param {any} data of harness/report/html.h
 * @param {string[]} logs packed
 */
export function showReport(data, logs) {
    window.addEventListener('hashchange', () => {
        state = readHash(location.hash, runs);
        follow();
    });
    return showRuns(
        data.runs.map((each, i) => ({
            file: each.file,
            data: each,
            own: limitsOf(each.report.limits),
            packedLog: logs[i],
        })),
    );
}
