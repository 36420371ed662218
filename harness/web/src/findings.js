/* What a run says under given limits: the steps judged, and per backend where it holds and breaks. */
import { climb } from './rules/ladder.js';
import { commonLevel, scoresOf } from './rules/scores.js';
import { limitAfter } from './rules/memory_rise.js';
import { recoveryOf } from './rules/recovery.js';
import { judge } from './rules/verdict.js';

/* Of a service whose answers do not add up no figure counts (audit() in harness/analysis/findings.c). */
const NO_FIGURES = {
    lastGood: null,
    lowestBreak: null,
    firstBreak: null,
    holdsLeast: 0,
    holdsMost: 0,
    capacityLow: 0,
    capacityHigh: 0,
    confidence: 0,
    notMonotone: false,
};

/* Of the trial that stands for the service, the last one recorded. */
const ofTrial = (records, trial) => records.filter((record) => record.trial === trial).pop() ?? null;

function findRecovery(backend, trial, limits) {
    const record = ofTrial(backend.recoveries, trial);
    const ladder = backend.steps.filter((step) => step.trial === trial && step.reported.phase === 'ladder');
    return record !== null ? recoveryOf(ladder, record, backend.idle, limits) : null;
}

function findSoak(backend, trial, run, limits) {
    const step = backend.reported.distrusted === null ? ofTrial(backend.soaks, trial) : null;
    return step !== null
        ? { step, limitAfter_s: limitAfter(step.rise, limits), ...judge(step, limits, run.coresShared) }
        : null;
}

function findBackend(backend, run, limits) {
    const distrusted = backend.reported.distrusted;
    const steps = backend.steps.map((step) => ({
        step,
        phase: step.reported.phase,
        trial: step.trial,
        index: step.index,
        level: step.level,
        rps: step.rps,
        ...judge(step, limits, run.coresShared),
    }));
    const found = { ...climb(steps), ...(distrusted !== null ? NO_FIGURES : {}) };
    return {
        ...found,
        name: backend.name,
        reported: backend.reported,
        steps,
        skipped: backend.reported.skipped !== null,
        distrusted,
        holdsAt: found.lastGood?.level ?? 0,
        breaksAt: found.lowestBreak?.level ?? null,
        forecasts: backend.forecasts,
        recovery: findRecovery(backend, found.standingTrial, limits),
        soak: findSoak(backend, found.standingTrial, run, limits),
    };
}

function byCapacity(a, b) {
    return (
        Number(a.skipped) - Number(b.skipped) ||
        b.holdsAt - a.holdsAt ||
        (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)
    );
}

export function find(run, limits) {
    const backends = run.backends.map((backend) => findBackend(backend, run, limits)).sort(byCapacity);
    const found = {
        run,
        limits,
        backends,
        trusted: backends.filter(({ distrusted }) => distrusted === null),
        common: commonLevel(backends),
    };
    const scores = new Map(); /* each judges every step five times more: only where they are asked for */
    found.scores = (backend) => {
        if (!scores.has(backend)) {
            scores.set(backend, scoresOf(found, backend));
        }
        return scores.get(backend);
    };
    return found;
}
