// @ts-check
/* Response time against load of every side, over each other: a small chart a service. A is dashed and hollow. */
import * as Plot from '@observablehq/plot';
import { h } from '../dom.js';
import { shortCount, shortTime, time } from '../words.js';

const FONT = 'var(--font)';
const DASHES = ['5 4', 'none', '1 3', '8 3 1 3'];

function pointsOf({ name, runs }) {
    return runs.flatMap(({ label, ladder }, side) =>
        ladder
            .filter(({ p99_ns: p99, verdict }) => p99 !== null && verdict !== 'invalid')
            .map(({ level, p99_ns: p99, verdict }) => ({ name, label, side, level, p99, verdict }))
            .sort((a, b) => a.level - b.level),
    );
}

/** @param {number[]} domain */
const inside = ([low, high]) => [1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10].filter((tick) => tick >= low && tick <= high);

/* The last point of each side, where its letter stands. */
const ends = (points) => [...new Map(points.map((point) => [point.label, point])).values()];

function plotOf(backend, palette, width) {
    const points = pointsOf(backend);
    if (points.length === 0) {
        return null;
    }
    const colour = palette.colour(backend.name);
    const domain = [Math.min(...points.map(({ p99 }) => p99)) / 1.4, Math.max(...points.map(({ p99 }) => p99)) * 1.6];
    const loads = points.map(({ level }) => level);
    const least = Math.min(...loads);
    const doublings = Math.ceil(Math.log2(Math.max(...loads) / least));
    const every = Math.max(1, Math.ceil((doublings * 52) / (width - 90)));
    const ticks = Array.from({ length: Math.floor(doublings / every) + 1 }, (_, i) => least * 2 ** (i * every));
    const sides = [...new Set(points.map(({ side }) => side))];
    return Plot.plot({
        width,
        height: 210,
        marginLeft: 54,
        marginRight: 36,
        marginTop: 10,
        marginBottom: 26,
        style: { fontFamily: FONT, fontSize: '12px' },
        x: { type: 'log', domain: [least / 1.15, Math.max(...loads) * 1.2], label: null },
        y: { type: 'log', domain, label: null },
        marks: [
            Plot.gridY(inside(domain), { stroke: 'var(--line)', strokeOpacity: 1 }),
            Plot.axisX(ticks, { text: shortCount, tickSize: 4, fontFamily: FONT, fontSize: 12, label: null }),
            Plot.axisY(inside(domain), {
                tickFormat: shortTime,
                tickSize: 0,
                fontFamily: FONT,
                fontSize: 12,
                label: null,
            }),
            ...sides.map((side) =>
                Plot.line(
                    points.filter((point) => point.side === side),
                    { x: 'level', y: 'p99', stroke: colour, strokeWidth: 2, strokeDasharray: DASHES[side % 4] },
                ),
            ),
            Plot.dot(points, {
                x: 'level',
                y: 'p99',
                r: 3.6,
                stroke: ({ verdict }) => (verdict === 'break' ? 'var(--break)' : colour),
                strokeWidth: 1.6,
                fill: ({ side, verdict }) =>
                    side === 0 ? 'var(--paper)' : verdict === 'break' ? 'var(--break)' : colour,
                title: ({ label, level, p99, verdict }) =>
                    `${label} at ${shortCount(level)}: p99 ${time(p99)}, ${verdict}`,
            }),
            /* side by side, since the last points often lie on one another */
            ...ends(points).map((end) =>
                Plot.text([end], {
                    x: 'level',
                    y: 'p99',
                    text: 'label',
                    dx: 12 + 10 * end.side,
                    fontFamily: FONT,
                    fontSize: 12.5,
                    fontWeight: 650,
                    fill: colour,
                }),
            ),
        ],
    });
}

/* What figure.js draws. */
export function curves({ backends, runs }, palette) {
    const drawn = backends.filter((backend) => pointsOf(backend).length > 0);
    return {
        title: 'Response time as the load doubles, over each other',
        level: 2,
        className: 'curves',
        summary: () =>
            `p99 against load. A dashed and hollow; ${runs
                .slice(1)
                .map(({ label }) => label)
                .join(', ')} solid; red: the step broke. A lower curve, or one that bends later, is better.`,
        draw: (width) => {
            const each = width < 700 ? width : (width - 40) / 2;
            return h(
                'div',
                { class: 'grid' },
                drawn.map((backend) =>
                    h(
                        'div',
                        { class: 'curve' },
                        h('h3', { style: `color: ${palette.colour(backend.name)}` }, backend.name),
                        plotOf(backend, palette, each),
                    ),
                ),
            );
        },
        table: () => ({
            columns: ['service', 'run', 'load', 'p99', 'verdict'],
            rows: drawn.flatMap((backend) =>
                pointsOf(backend).map(({ name, label, level, p99, verdict }) => [
                    name,
                    label,
                    shortCount(level),
                    time(p99),
                    verdict,
                ]),
            ),
        }),
    };
}
