// @ts-check
/* What the charts against load have in common. */
import * as Plot from '@observablehq/plot';
import { levelAxis, shortCount, size } from '../words.js';

export const FONT = 'var(--font)';

/* Each level of the ladder is a tick, as long as there is room for it. */
export function levels(found) {
    const all = found.backends.flatMap(({ steps }) => steps.filter(({ step }) => step.reported.phase !== 'search'));
    return [...new Set(all.map(({ level }) => level))].sort((a, b) => a - b);
}

/** @returns {{scale: any, mark: any}} */
export function loadAxis(found, width, label = true) {
    const all = levels(found);
    const widest = Math.max(0, ...all.map((at) => shortCount(at).length));
    const every = Math.ceil((all.length * Math.max(40, 7 * widest + 8)) / Math.max(width - 120, 40));
    const domain =
        all.length > 1
            ? [all[0] / 1.15, all[all.length - 1] * 1.15]
            : all.length === 1
              ? [all[0] / 2, all[0] * 2]
              : [1, 10];
    return {
        scale: { type: 'log', domain, label: null },
        mark: Plot.axisX(
            all.filter((_, i) => i % every === 0),
            {
                text: shortCount,
                tickSize: 4,
                fontFamily: FONT,
                fontSize: 12,
                label: label ? `${levelAxis(found.run)} →` : null,
                labelAnchor: 'right',
                labelArrow: 'none',
            },
        ),
    };
}

/**
 * The powers of ten between two values.
 * @param {number[]} domain
 */
export function powersIn([low, high]) {
    const first = Math.ceil(Math.log10(low) - 1e-9);
    const last = Math.floor(Math.log10(high) + 1e-9);
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => 10 ** (first + i));
}

/* Ticks for bytes: a power of two apart, five or so up to `high`. */
export function sizesTo(high) {
    const step = 2 ** Math.ceil(Math.log2(high / 5));
    return Array.from({ length: Math.floor(high / step) + 1 }, (_, i) => i * step);
}

export const shortSize = (bytes) => (bytes === 0 ? '0' : size(bytes).replace(/\.0+(?= )|(\.\d*?)0+(?= )/, '$1'));

/* The steps of the trial that stands for the backend, each level once, as the last one run at it. */
export function standing(backend) {
    const byLevel = new Map();
    for (const judged of backend.steps) {
        if (judged.trial === backend.standingTrial) {
            byLevel.set(judged.level, judged);
        }
    }
    return [...byLevel.values()].sort((a, b) => a.level - b.level);
}

/* Whether the step was run once more, as an invalid one is: then the repetition stands for both. */
export function repeated(steps, index) {
    const next = steps[index + 1];
    return next !== undefined && next.trial === steps[index].trial && next.index === steps[index].index;
}
