/* What a run says under given limits: the steps judged, and per backend where it holds and breaks. */
import { climb } from './rules/ladder.js';
import { judge } from './rules/verdict.js';

function findBackend(backend, run, limits) {
    const steps = backend.steps.map((step) => ({
        step, phase: step.reported.phase, trial: step.trial, index: step.index, level: step.level, rps: step.rps,
        ...judge(step, limits, run.coresShared),
    }));
    const found = climb(steps);
    return {
        ...found,
        name: backend.name,
        reported: backend.reported,
        steps,
        skipped: backend.reported.skipped !== null,
        holdsAt: found.lastGood?.level ?? 0,
        breaksAt: found.lowestBreak?.level ?? null,
        forecasts: backend.forecasts,
        recovery: backend.recovery,
    };
}

function byCapacity(a, b) {
    return Number(a.skipped) - Number(b.skipped) || b.holdsAt - a.holdsAt || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}

export function find(run, limits) {
    return { run, limits, backends: run.backends.map((backend) => findBackend(backend, run, limits)).sort(byCapacity) };
}
