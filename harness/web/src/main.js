/* The page of runs: reads its data, keeps what the reader chose, and lets every part draw itself again when that changes. */
import { decode } from './data.js';
import { h } from './dom.js';
import { find } from './findings.js';
import { paletteOf } from './palette.js';
import { limitsOf } from './rules/limits.js';
import { readHash, writeHash } from './state.js';
import { forecast } from './charts/forecast.js';
import { ladder } from './charts/ladder.js';
import { multiples } from './charts/multiples.js';
import { recovery } from './charts/recovery.js';
import { soak } from './charts/soak.js';
import { spectrum } from './charts/spectrum.js';
import { insideStep } from './charts/step.js';
import { answerPart } from './parts/answer.js';
import { costsPart } from './parts/costs.js';
import { footPart } from './parts/foot.js';
import { glancePart } from './parts/glance.js';
import { headPart } from './parts/head.js';
import { limitsPart } from './parts/limits.js';
import { machinePart } from './parts/machine.js';
import { scoresPart } from './parts/scores.js';

let runs = [];
const ownLimits = (run) => limitsOf(run.report.limits);

let state;
let found;
let palette;
let parts = [];

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
    choose: (judged, backend) => change({ step: { backend, trial: judged.trial, order: judged.step.order } }),
    setLimits: (limits) => change({ limits }),
    setTheme: (theme) => change({ theme }),
    setRun: (run) => change({ run, limits: ownLimits(runs[run]), step: null, at: null }),
    setLevel: (at) => change({ at }),
};

function show() {
    const run = runs[state.run];
    if (found?.run !== run || found.limits !== state.limits) {
        found = find(run, state.limits);
        palette = paletteOf(run.backends.map(({ name }) => name));
    }
    if (state.theme === null) {
        delete document.documentElement.dataset.theme;
    } else {
        document.documentElement.dataset.theme = state.theme;
    }
    document.title = `${run.report.scenario}: what breaks first when traffic doubles? – twofold`;
    for (const part of parts) {
        part.refresh();
    }
}

function change(part) {
    state = { ...state, ...part };
    const hash = writeHash(state, ownLimits(runs[state.run]));
    history.replaceState(null, '', hash || location.href.split('#')[0]);
    show();
}

export function showReport(text) {
    runs = decode(text);
    state = readHash(location.hash, runs, ownLimits);
    found = find(runs[state.run], state.limits);
    palette = paletteOf(runs[state.run].backends.map(({ name }) => name));
    parts = [
        headPart(view),
        answerPart(view),
        glancePart(view),
        limitsPart(view),
        ladder(view),
        multiples(view),
        insideStep(view),
        spectrum(view),
        forecast(view),
        recovery(view),
        soak(view),
        scoresPart(view),
        costsPart(view),
        machinePart(view),
        footPart(view),
    ];
    document
        .getElementById('page')
        .replaceChildren(parts[0], h('main', null, ...parts.slice(1, -1)), parts[parts.length - 1]);
    show();
    requestAnimationFrame(() => setTimeout(() => performance.mark('twofold:shown')));
    window.addEventListener('hashchange', () => {
        state = readHash(location.hash, runs, ownLimits);
        show();
    });
}
