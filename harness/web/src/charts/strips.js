// @ts-check
/* The strips of one step, above each other on one axis of time, each with its limit, and with the moments at which
 * limits were first violated. */
import * as Plot from '@observablehq/plot';
import { h } from '../dom.js';
import { list, percentile, shortCount, shortTime, size } from '../words.js';
import { FONT, powersIn } from './axes.js';

const MARGIN = { marginLeft: 62, marginRight: 12, marginTop: 6, marginBottom: 6 };

const DASH_WORDS = { none: 'solid', '5 3': 'dashed', '1 3': 'dotted', '8 3 1 3': 'dashed and dotted' };

function dependencyPart({ dependencies, colour }) {
    if (dependencies.length === 0) {
        return [];
    }
    const most = Math.max(0.1, ...dependencies.flatMap(({ cores }) => cores.map(({ y }) => y)));
    return [
        {
            name: 'Dependencies',
            says: `CPU in cores: ${list(dependencies.map(({ name, dash }) => `${name} ${DASH_WORDS[dash]}`))}`,
            height: 70,
            tickFormat: (value) => String(value),
            y: { domain: [0, most * 1.08] },
            marks: dependencies.map(({ cores, dash }) =>
                Plot.line(cores, { x: 'x', y: 'y', stroke: colour, strokeWidth: 1.6, strokeDasharray: dash }),
            ),
        },
    ];
}

function stairs(rows, key) {
    return rows
        .flatMap((each) => [
            { x: each.from, y: each[key] },
            { x: each.to, y: each[key] },
        ])
        .filter(({ y }) => y > 0 || key !== 'max');
}

/* The moments at which limits were first violated, as vertical lines. */
function violations(judged) {
    return judged.breaches.map(({ limit, at_ns, first }) => ({ limit, x: at_ns / 1e9, first }));
}

function row(width, height, context, part) {
    const { judged, seconds, last } = context;
    return Plot.plot({
        width,
        height: height + (last === part.name ? 28 : 0),
        ...MARGIN,
        marginBottom: last === part.name ? 34 : 6,
        style: { fontFamily: FONT, fontSize: '12px' },
        x: { domain: [0, seconds], label: null, axis: null },
        y: { ...part.y, label: null },
        marks: [
            Plot.gridY(part.ticks, { stroke: 'var(--line)', strokeOpacity: 1, ticks: 3 }),
            Plot.axisY(part.ticks, {
                tickFormat: part.tickFormat,
                tickSize: 0,
                ticks: 3,
                fontFamily: FONT,
                fontSize: 11.5,
                label: null,
            }),
            last === part.name
                ? Plot.axisX({
                      label: 'seconds into the measured part →',
                      labelAnchor: 'right',
                      labelArrow: 'none',
                      fontFamily: FONT,
                      fontSize: 12,
                      ticks: 6,
                  })
                : null,
            Plot.ruleX(violations(judged), {
                x: 'x',
                stroke: 'var(--break)',
                strokeWidth: ({ first }) => (first ? 2 : 1),
                strokeDasharray: '4 3',
                strokeOpacity: 0.9,
            }),
            ...part.marks,
        ].filter(Boolean),
    });
}

function partsOf(context) {
    const { rows, samples, limits, colour, name } = context;
    const line = (data, options) =>
        Plot.line(data, { x: 'x', y: 'y', stroke: colour, strokeWidth: 1.8, strokeLinejoin: 'round', ...options });
    const limit = (value) =>
        value > 0 ? [Plot.ruleY([value], { stroke: 'var(--break)', strokeWidth: 1.2, strokeDasharray: '7 4' })] : [];
    const highest = Math.max(1, ...rows.map(({ max }) => max));
    const lowest = Math.max(1, Math.min(...rows.map(({ median }) => median || highest)));
    const inFlight = Math.max(1, ...rows.map((each) => each.inFlight));
    const offered = Math.max(1, ...rows.map((each) => Math.max(each.offered, each.good)));
    const memory = Math.max(1, ...samples.map((each) => each.memory));
    const judgesMemory = limits.memory_bytes > 0 && limits.memory_bytes < memory * 2.5;
    return [
        {
            name: 'Response time',
            says: `${percentile(percentileValue(name))} solid, p50 dashed, longest dotted`,
            height: 130,
            tickFormat: shortTime,
            y: { type: 'log', domain: [lowest / 1.3, Math.max(highest, limits.latency_ns) * 1.3] },
            ticks: powersIn([lowest / 1.3, Math.max(highest, limits.latency_ns) * 1.3]),
            marks: [
                ...limit(limits.latency_ns),
                line(stairs(rows, 'max'), { strokeDasharray: '1 3', strokeWidth: 1.2 }),
                line(stairs(rows, 'median'), { strokeDasharray: '5 3', strokeWidth: 1.2 }),
                line(stairs(rows, 'high'), { strokeWidth: 2.2 }),
            ],
        },
        {
            name: 'Rate',
            says: 'successful within the deadline solid, offered dashed',
            height: 84,
            tickFormat: shortCount,
            y: { domain: [0, offered * 1.05] },
            marks: [
                line(stairs(rows, 'offered'), { stroke: 'var(--muted)', strokeDasharray: '5 3', strokeWidth: 1.4 }),
                line(stairs(rows, 'good')),
            ],
        },
        {
            name: 'Waiting',
            says: 'due and not yet answered, sent or not',
            height: 70,
            tickFormat: shortCount,
            y: { domain: [0, inFlight * 1.08] },
            marks: [line(stairs(rows, 'inFlight'))],
        },
        {
            name: 'CPU',
            says: 'of its cores solid, its busiest thread dashed',
            height: 76,
            tickFormat: (value) => `${Math.round(value * 100)} %`,
            y: { domain: [0, Math.max(1.02, ...samples.map(({ cpu, thread }) => Math.max(cpu ?? 0, thread ?? 0)))] },
            marks: [
                line(
                    samples.filter(({ thread }) => thread !== null).map(({ at, thread }) => ({ x: at, y: thread })),
                    { strokeDasharray: '5 3', strokeWidth: 1.2 },
                ),
                line(samples.filter(({ cpu }) => cpu !== null).map(({ at, cpu }) => ({ x: at, y: cpu }))),
            ],
        },
        ...dependencyPart(context),
        {
            name: 'Memory',
            says: 'resident',
            height: 70,
            tickFormat: (bytes) => (bytes === 0 ? '0' : size(bytes)),
            y: { domain: [0, (judgesMemory ? Math.max(memory, limits.memory_bytes) : memory) * 1.08] },
            ticks: [0, memory / 2, memory].map(Math.round),
            marks: [
                ...(judgesMemory ? limit(limits.memory_bytes) : []),
                line(samples.filter((each) => each.memory !== null).map((each) => ({ x: each.at, y: each.memory }))),
            ],
        },
    ];
}

export function percentileValue(name) {
    return name === 'p999' ? 0.999 : Number(name.slice(1)) / 100;
}

function violationNames(context, width) {
    const { judged, seconds } = context;
    const inner = width - MARGIN.marginLeft - MARGIN.marginRight;
    let free = -Infinity;
    return h(
        'div',
        { class: 'violations', 'aria-hidden': 'true' },
        violations(judged).map(({ limit, x, first }) => {
            const place = Math.max(MARGIN.marginLeft + Math.min(x / seconds, 1) * inner, free);
            free = place + 8 * limit.length + 14;
            return h(
                'span',
                {
                    class: first ? 'first' : null,
                    style: `left: ${Math.round(Math.min(place, width - 8 * limit.length))}px`,
                },
                limit,
            );
        }),
    );
}

export function strips(context, width) {
    return h(
        'div',
        { class: 'stack' },
        violationNames(context, width),
        partsOf(context).map((part) =>
            h(
                'div',
                null,
                h('p', { class: 'strip' }, h('b', null, part.name), ` ${part.says}`),
                row(width, part.height, context, part),
            ),
        ),
    );
}
