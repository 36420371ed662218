// @ts-check
/* What runs out first: for every service each resource that is used up, at which load, and how well that is known. */
import * as Plot from '@observablehq/plot';
import { h } from '../dom.js';
import { figure } from '../figure.js';
import { count, level, levelAxis, list, share, shortCount, size } from '../words.js';
import { FONT } from './axes.js';
import { widthOf, write } from './names.js';

const ROW = 22;
const MARGIN = { top: 4, bottom: 40, left: 140 };

/* As harness/report/words/resource_phrase.c has them. */
const NAMES = {
    cpu: 'cores',
    'one-thread': 'one thread',
    quota: 'CPU quota',
    memory: 'memory',
    'file-descriptors': 'file descriptors',
    'accept-queue': 'accept queue',
    connections: 'client connections',
    pool: 'session pool',
    dependency: 'dependency',
    network: 'network',
};

/* A load that was run is known to three digits, one that is projected to two. */
const rounded = ({ measured }, load) => Number(load.toPrecision(measured ? 3 : 2));

function loadWords(run, each) {
    return `${each.measured ? '' : 'about '}${level(run, rounded(each, each.exhausted_at_level))}`;
}

/** @param {any} each */
function betweenWords(each) {
    const { low_level: low, high_level: high } = each;
    if (each.exhausted_at_level === null) {
        return '–';
    }
    const ends = [low, high].map((end) => (end === null ? null : count(rounded(each, end))));
    if (high === null) {
        return `${ends[0]} or more`;
    }
    return low === 0 ? `${ends[1]} or less` : ends[0] === ends[1] ? '–' : `${ends[0]} to ${ends[1]}`;
}

const resourcesOf = ({ reported }) => reported.resources ?? [];
const usedUp = (backend) => resourcesOf(backend).filter(({ exhausted_at_level: at }) => at !== null);

/* A row for each service with its name, and below it one for each resource that is used up. */
function rowsOf(found) {
    let y = 0;
    return found.trusted
        .filter((backend) => usedUp(backend).length > 0)
        .flatMap((backend) => [
            { name: backend.name, y: y++ },
            ...usedUp(backend).map((each) => ({ name: backend.name, y: y++, each })),
        ]);
}

/** @returns {[number, number]} */
function domainOf(rows) {
    const loads = rows.flatMap(({ each: { low_level: low, exhausted_at_level: at, high_level: high } }) =>
        [low, at, high].filter((load) => load > 0),
    );
    return [Math.min(...loads) / 1.2, Math.max(...loads) * 1.2];
}

/**
 * 1, 2 and 5 of each power of ten; fewer where there is no room for all.
 * @param {[number, number]} domain
 * @param {number} width
 */
function ticksIn([low, high], width) {
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

function marks(rows, [low, high], palette) {
    const colour = ({ name }) => palette.colour(name);
    const ends = {
        x1: ({ each }) => Math.max(each.low_level, low),
        x2: ({ each }) => each.high_level ?? high,
        y: 'y',
        stroke: colour,
        strokeWidth: 2.5,
    };
    const [seen, projected] = [true, false].map((measured) => rows.filter(({ each }) => each.measured === measured));
    return [
        Plot.ruleY(seen, ends),
        Plot.ruleY(projected, { ...ends, strokeWidth: 1.6, strokeDasharray: '4 3' }),
        Plot.dot(seen, { x: ({ each }) => each.exhausted_at_level, y: 'y', r: 5, fill: colour }),
        Plot.dot(projected, {
            x: ({ each }) => each.exhausted_at_level,
            y: 'y',
            r: 5,
            fill: 'var(--paper)',
            stroke: colour,
            strokeWidth: 2,
        }),
    ];
}

/* Beside the end of the interval, or before its start where there is no room; not at all where there is none either.
 * The axis has the unit. */
function writeLoads(plot, rows, right) {
    const { apply } = plot.scale('x');
    const [low, high] = plot.scale('x').domain;
    for (const { y, each } of rows) {
        const words = `${each.measured ? '' : 'about '}${count(rounded(each, each.exhausted_at_level))}`;
        const width = 0.93 * widthOf(words);
        const after = apply(each.high_level ?? high) + 9;
        const before = apply(Math.max(each.low_level, low)) - width - 9;
        const x = after + width <= right ? after : before;
        if (x >= MARGIN.left) {
            write(plot, 'resource-load', words, { x, y: plot.scale('y').apply(y) });
        }
    }
}

function writeNames(plot, rows, palette) {
    for (const { name, y, each } of rows) {
        const at = { x: each === undefined ? 0 : 14, y: plot.scale('y').apply(y) };
        if (each === undefined) {
            write(plot, 'series-name', name, at, palette.colour(name));
        } else {
            write(plot, 'resource-name', NAMES[each.resource] ?? each.resource, at);
        }
    }
}

function draw(found, palette, width) {
    const rows = rowsOf(found);
    const used = rows.filter(({ each }) => each !== undefined);
    if (used.length === 0) {
        return null;
    }
    const domain = domainOf(used);
    const right = width - 8;
    const plot = Plot.plot({
        width,
        height: MARGIN.top + MARGIN.bottom + ROW * rows.length,
        marginTop: MARGIN.top,
        marginBottom: MARGIN.bottom,
        marginLeft: MARGIN.left,
        marginRight: width < 560 ? 24 : 96,
        style: { fontFamily: FONT, fontSize: '12px' },
        x: { type: 'log', domain, label: null },
        y: { type: 'linear', domain: [-0.5, rows.length - 0.5], reverse: true, axis: null },
        marks: [
            Plot.gridX(ticksIn(domain, width - MARGIN.left), { stroke: 'var(--line)', strokeOpacity: 1 }),
            Plot.axisX(ticksIn(domain, width - MARGIN.left), {
                text: shortCount,
                tickSize: 4,
                fontFamily: FONT,
                fontSize: 12,
                label: `${levelAxis(found.run)} →`,
                labelAnchor: 'right',
                labelArrow: 'none',
            }),
            ...marks(used, domain, palette),
        ],
    });
    writeNames(plot, rows, palette);
    writeLoads(plot, used, right);
    return plot;
}

function summary(found) {
    const firsts = found.trusted
        .map((backend) => ({ name: backend.name, first: usedUp(backend)[0] }))
        .filter(({ first }) => first !== undefined)
        .map(({ name, first }) => `${name}, ${NAMES[first.resource]} at ${loadWords(found.run, first)}`);
    if (firsts.length === 0) {
        return 'Nothing was used up, nor does anything grow so fast that it would be.';
    }
    return (
        `First: ${firsts.join('; ')}. Filled: used up in a step, between the highest load with some left and the ` +
        'lowest without. Hollow: where the line through the loads that did not break reaches what there is, with its ' +
        '95 % interval.'
    );
}

const AMOUNTS = { cores: (value) => `${value.toFixed(2)} cores`, bytes: size, share };

function amount({ unit }, value) {
    return value === null ? '–' : (AMOUNTS[unit] ?? count)(value);
}

function table(found) {
    return {
        columns: ['backend', 'what', 'used up at', 'between', 'in use', 'of', 'at', 'known by'],
        rows: found.trusted.flatMap((backend) =>
            resourcesOf(backend).map((each) => [
                backend.name,
                NAMES[each.resource] ?? each.resource,
                each.exhausted_at_level === null ? '–' : loadWords(found.run, each),
                betweenWords(each),
                amount(each, each.used),
                amount(each, each.most),
                each.used_at_level === null ? '–' : level(found.run, each.used_at_level),
                each.trials > 1 && each.measured
                    ? `measured, in ${each.exhausted_in_trials} of ${each.trials} trials`
                    : each.end,
            ]),
        ),
    };
}

export function resources(view) {
    const shown = figure({
        title: 'What runs out first',
        level: 2,
        className: 'resources',
        draw: (width) => draw(view.found(), view.palette(), width),
        summary: () => summary(view.found()),
        table: () => table(view.found()),
    });
    const unread = h('p', { class: 'summary' });
    const element = h('div', null, shown, unread);
    element.refresh = () => {
        const { trusted } = view.found();
        const known = trusted.flatMap(resourcesOf).filter(({ used_at_level: at }) => at !== null);
        const unknown = trusted.flatMap(resourcesOf).filter(({ end }) => end === 'not known');
        element.hidden = known.length === 0;
        unread.textContent =
            unknown.length > 0
                ? `Not read: ${list([...new Set(unknown.map(({ resource }) => NAMES[resource]))])}.`
                : '';
        shown.refresh();
    };
    return element;
}
