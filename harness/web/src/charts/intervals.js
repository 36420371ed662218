// @ts-check
/* Intervals on the axis of the load: under the name of each service a row for each thing that has one. What is known
 * well is solid, what is not is dashed. */
import * as Plot from '@observablehq/plot';
import { levelAxis, shortCount } from '../words.js';
import { FONT } from './axes.js';
import { widthOf, write } from './names.js';

const ROW = 22;
const MARGIN = { top: 4, bottom: 40, left: 140 };

/**
 * A row: the service's name, its own, the loads (high null: open; at null: no single load is known), and what stands
 * beside it.
 * @typedef {{name: string, label: string, low: number, high: number | null, at: number | null, solid: boolean,
 *   words: string}} Row
 */

/** @param {Row[]} rows @returns {[number, number]} */
function domainOf(rows) {
    const loads = rows.flatMap(({ low, at, high }) => [low, at ?? low, high ?? low]).filter((load) => load > 0);
    return [Math.min(...loads) / 1.2, Math.max(...loads) * 1.2];
}

/**
 * 1, 2 and 5 of each power of ten; fewer where there is no room for all.
 * @param {[number, number]} domain
 * @param {number} width
 */
export function ticksIn([low, high], width) {
    for (const steps of [[1, 2, 5], [1, 3], [1]]) {
        const made = [];
        for (let power = 10 ** Math.floor(Math.log10(low)); power <= high; power *= 10) {
            made.push(...steps.map((step) => step * power).filter((tick) => tick >= low && tick <= high));
        }
        if (made.length * 48 <= width) {
            return made;
        }
    }
    return [];
}

function marks(placed, [low, high], palette) {
    const colour = ({ name }) => palette.colour(name);
    const ends = {
        x1: ({ row }) => Math.max(row.low, low),
        x2: ({ row }) => row.high ?? high,
        y: 'y',
        stroke: colour,
        strokeWidth: 2.5,
    };
    const [solid, dashed] = [true, false].map((is) => placed.filter(({ row }) => row.solid === is));
    const at = ({ row }) => row.at;
    return [
        Plot.ruleY(solid, ends),
        Plot.ruleY(dashed, { ...ends, strokeWidth: 1.6, strokeDasharray: '4 3' }),
        Plot.dot(solid, { x: at, y: 'y', r: 5, fill: colour }),
        Plot.dot(dashed, { x: at, y: 'y', r: 5, fill: 'var(--paper)', stroke: colour, strokeWidth: 2 }),
    ];
}

/* Beside the end of the interval, or before its start where there is no room; not at all where there is none either.
 * The axis has the unit. */
function writeLoads(plot, placed, right) {
    const { apply } = plot.scale('x');
    const [low, high] = plot.scale('x').domain;
    for (const { y, row } of placed) {
        const width = 0.93 * widthOf(row.words);
        const after = apply(row.high ?? high) + 9;
        const before = apply(Math.max(row.low, low)) - width - 9;
        const x = after + width <= right ? after : before;
        if (x >= MARGIN.left) {
            write(plot, 'interval-load', row.words, { x, y: plot.scale('y').apply(y) });
        }
    }
}

function writeNames(plot, lines, palette) {
    for (const { name, y, row } of lines) {
        const at = { x: row === undefined ? 0 : 14, y: plot.scale('y').apply(y) };
        if (row === undefined) {
            write(plot, 'series-name', name, at, palette.colour(name));
        } else {
            write(plot, 'interval-name', row.label, at);
        }
    }
}

/* Each service's name, and its rows below it. */
function linesOf(rows) {
    let y = 0;
    return [...new Set(rows.map(({ name }) => name))].flatMap((name) => [
        { name, y: y++, row: undefined },
        ...rows.filter((row) => row.name === name).map((row) => ({ name, y: y++, row })),
    ]);
}

/**
 * The chart; null where there is no row.
 * @param {any} found
 * @param {Row[]} rows those of a service one after the other
 * @param {any} palette
 * @param {number} width
 */
export function intervals(found, rows, palette, width) {
    if (rows.length === 0) {
        return null;
    }
    const lines = linesOf(rows);
    const placed = lines.filter(({ row }) => row !== undefined);
    const domain = domainOf(rows);
    const ticks = ticksIn(domain, width - MARGIN.left);
    const plot = Plot.plot({
        width,
        height: MARGIN.top + MARGIN.bottom + ROW * lines.length,
        marginTop: MARGIN.top,
        marginBottom: MARGIN.bottom,
        marginLeft: MARGIN.left,
        marginRight: width < 560 ? 24 : 96,
        style: { fontFamily: FONT, fontSize: '12px' },
        x: { type: 'log', domain, label: null },
        y: { type: 'linear', domain: [-0.5, lines.length - 0.5], reverse: true, axis: null },
        marks: [
            Plot.gridX(ticks, { stroke: 'var(--line)', strokeOpacity: 1 }),
            Plot.axisX(ticks, {
                text: shortCount,
                tickSize: 4,
                fontFamily: FONT,
                fontSize: 12,
                label: `${levelAxis(found.run)} →`,
                labelAnchor: 'right',
                labelArrow: 'none',
            }),
            ...marks(placed, domain, palette),
        ],
    });
    writeNames(plot, lines, palette);
    writeLoads(plot, placed, width - 8);
    return plot;
}
