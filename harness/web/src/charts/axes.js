/* What the charts against load have in common: their x axis, and names written where their lines end. */
import * as Plot from '@observablehq/plot';
import { levelAxis, shortCount } from '../words.js';

export const FONT = 'var(--font)';

/* Each level of the ladder is a tick, as long as there is room for it. */
export function levels(found) {
    const all = found.backends.flatMap(({ steps }) => steps.filter(({ step }) => step.reported.phase !== 'search'));
    return [...new Set(all.map(({ level }) => level))].sort((a, b) => a - b);
}

export function loadAxis(found, width, label = true) {
    const all = levels(found);
    const every = Math.ceil((all.length * 40) / Math.max(width - 120, 40));
    const domain = all.length > 1 ? [all[0] / 1.15, all[all.length - 1] * 1.15] : all.length === 1 ? [all[0] / 2, all[0] * 2] : [1, 10];
    return {
        scale: { type: 'log', domain, label: null },
        mark: Plot.axisX(all.filter((_, i) => i % every === 0), {
            text: shortCount, tickSize: 4, fontFamily: FONT, fontSize: 12,
            label: label ? `${levelAxis(found.run)} →` : null, labelAnchor: 'right', labelArrow: 'none',
        }),
    };
}

/* The powers of ten between two values. */
export function powersIn([low, high]) {
    const first = Math.ceil(Math.log10(low) - 1e-9);
    const last = Math.floor(Math.log10(high) + 1e-9);
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => 10 ** (first + i));
}

/* Names beside the ends of lines, moved apart so that none covers another. `ends`: [{name, y}] with y in pixels. */
export function apart(ends, height, gap = 15) {
    const placed = ends.map((end) => ({ ...end })).sort((a, b) => a.y - b.y);
    for (let i = 1; i < placed.length; i++) {
        placed[i].y = Math.max(placed[i].y, placed[i - 1].y + gap);
    }
    for (let i = placed.length - 1, floor = height; i >= 0; i--) {
        placed[i].y = Math.min(placed[i].y, floor);
        floor = placed[i].y - gap;
    }
    return placed;
}

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
