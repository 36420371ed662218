/* Where a backend holds and where it breaks, out of the verdicts on its steps. Mirrors harness/analysis/ladder.c. */
import { medianInterval } from './interval.js';

/* The first one of two at the same level. */
function lowerOf(lowest, step) {
    return lowest === null || step.level < lowest.level ? step : lowest;
}

function climbOf(steps) {
    const climb = {
        trial: steps[0].trial,
        lastGood: null,
        lowestBreak: null,
        firstBreak: null,
        notMonotone: false,
        saidSomething: false,
    };
    for (const step of steps) {
        if (step.verdict === 'break') {
            climb.lowestBreak = lowerOf(climb.lowestBreak, step);
            climb.firstBreak = step.phase === 'search' ? climb.firstBreak : lowerOf(climb.firstBreak, step);
        }
        climb.saidSomething ||= step.verdict !== 'invalid';
    }
    for (const step of steps.filter(({ verdict }) => verdict === 'pass')) {
        if (climb.lowestBreak !== null && step.level >= climb.lowestBreak.level) {
            climb.notMonotone ||= step.level > climb.lowestBreak.level;
        } else if (climb.lastGood === null || step.level > climb.lastGood.level) {
            climb.lastGood = step;
        }
    }
    climb.firstBreak ??= climb.lowestBreak;
    return climb;
}

const levelOf = (step) => step?.level ?? 0;

function byCapacity(a, b) {
    return (
        levelOf(a.lastGood) - levelOf(b.lastGood) ||
        (a.lowestBreak?.level ?? Number.MAX_VALUE) - (b.lowestBreak?.level ?? Number.MAX_VALUE) ||
        a.trial - b.trial
    );
}

/* `steps` are judged ({trial, level, verdict, …}), by trial, then as they were run. */
export function climb(steps) {
    const trials = new Map();
    for (const step of steps) {
        trials.set(step.trial, [...(trials.get(step.trial) ?? []), step]);
    }
    const all = [...trials.values()].map(climbOf);
    const climbs = all.filter(({ saidSomething }) => saidSomething).sort(byCapacity);
    const median = climbs[Math.floor((climbs.length - 1) / 2)];
    const { low, high, confidence } = medianInterval(climbs.length);
    return {
        lastGood: median?.lastGood ?? null,
        lowestBreak: median?.lowestBreak ?? null,
        firstBreak: median?.firstBreak ?? null /* what broke first is told of the ladder's first failing step */,
        standingTrial: median?.trial ?? steps[0]?.trial ?? null,
        holdsLeast: levelOf(climbs[0]?.lastGood),
        holdsMost: levelOf(climbs[climbs.length - 1]?.lastGood),
        capacityLow: levelOf(climbs[low]?.lastGood),
        capacityHigh: levelOf(climbs[high]?.lastGood),
        confidence /* of that interval; 0: one trial, none */,
        trials: all.length,
        notMonotone: all.some(({ notMonotone }) => notMonotone),
        allInvalid: steps.length > 0 && climbs.length === 0,
    };
}

/* Whether the step was run once more, as an invalid one is: then only the repetition counts. */
export function repeated(steps, index) {
    const next = steps[index + 1];
    return next !== undefined && next.trial === steps[index].trial && next.index === steps[index].index;
}
