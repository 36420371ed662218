// @ts-check
/* What else happens as the load doubles: throughput, memory, CPU and failures, each against the same load. */
import * as Plot from '@observablehq/plot';
import { h } from '../dom.js';
import { figure } from '../figure.js';
import { level, list, rate, setSize, share, shortCount, size } from '../words.js';
import { FONT, levels, loadAxis, powersIn, shortSize, sizesTo, standing } from './axes.js';
import { seriesNames } from './names.js';

const HEIGHT = 230;
const MARGIN = { marginTop: 12, marginBottom: 38, marginLeft: 50 };

const frameOf = (width) => ({ left: MARGIN.marginLeft, right: width, top: 6, bottom: HEIGHT - MARGIN.marginBottom });

function pointsOf(found, value) {
    return found.trusted
        .flatMap((backend) =>
            standing(backend).map((judged) => ({
                name: backend.name,
                judged,
                x: judged.level,
                y: value(judged),
                invalid: judged.verdict === 'invalid',
            })),
        )
        .filter(({ y }) => y !== null && y !== undefined && Number.isFinite(y));
}

/* `kind`: {value, scale, ticks, tickFormat, rules(found)} */
function lines(found, palette, width, kind) {
    const points = pointsOf(found, kind.value);
    const axis = loadAxis(found, width);
    const scale = kind.scale(points, found);
    const plot = Plot.plot({
        width,
        height: HEIGHT,
        ...MARGIN,
        marginRight: 64,
        style: { fontFamily: FONT, fontSize: '12px' },
        x: axis.scale,
        y: { ...scale, label: null },
        marks: [
            Plot.gridY(kind.ticks?.(scale.domain) ?? undefined, { stroke: 'var(--line)', strokeOpacity: 1, ticks: 5 }),
            axis.mark,
            Plot.axisY(kind.ticks?.(scale.domain) ?? undefined, {
                tickFormat: kind.tickFormat,
                ticks: 5,
                tickSize: 0,
                fontFamily: FONT,
                fontSize: 12,
                label: null,
            }),
            ...kind.rules(found, scale.domain),
            Plot.line(points, {
                x: 'x',
                y: 'y',
                z: 'name',
                stroke: ({ name }) => palette.colour(name),
                strokeWidth: 2,
                strokeLinejoin: 'round',
            }),
            Plot.dot(points, {
                x: 'x',
                y: 'y',
                r: 3.2,
                symbol: ({ name }) => palette.symbol(name),
                stroke: ({ name, invalid }) => (invalid ? 'var(--muted)' : palette.colour(name)),
                fill: ({ name, invalid }) => (invalid ? 'var(--paper)' : palette.colour(name)),
            }),
            Plot.tip(
                points,
                Plot.pointer({
                    x: 'x',
                    y: 'y',
                    maxRadius: 24,
                    fontFamily: FONT,
                    fontSize: 12.5,
                    fill: 'var(--paper)',
                    stroke: 'var(--line-strong)',
                    title: ({ name, x, y }) => `${name} at ${level(found.run, x)}: ${kind.words(y)}`,
                }),
            ),
        ],
    });
    seriesNames(plot, points, palette, frameOf(width), 9);
    return plot;
}

function table(found, kind) {
    const all = levels(found);
    return {
        columns: ['service', ...all.map((at) => level(found.run, at))],
        rows: found.trusted
            .filter(({ steps }) => steps.length > 0)
            .map((backend) => {
                const steps = new Map(standing(backend).map((judged) => [judged.level, judged]));
                return [
                    backend.name,
                    ...all.map((at) => (steps.has(at) ? kind.words(kind.value(steps.get(at))) : '–')),
                ];
            }),
    };
}

const ruled = { stroke: 'var(--break)', strokeWidth: 1.3, strokeDasharray: '7 4' };

const KINDS = [
    {
        title: 'Answered well, a second',
        value: ({ step }) => step.reported.good_rps || null,
        words: (value) => (value === null ? '–' : rate(value)),
        scale: (points) => ({
            type: 'log',
            domain:
                points.length > 0
                    ? [Math.min(...points.map(({ y }) => y)) / 1.3, Math.max(...points.map(({ y }) => y)) * 1.6]
                    : [1, 10],
        }),
        ticks: powersIn,
        tickFormat: shortCount,
        rules: (found, [low, high]) =>
            found.run.report.doubling.what !== 'rate'
                ? []
                : [
                      Plot.line(
                          levels(found)
                              .map((at) => [at, at])
                              .filter(([, y]) => y >= low && y <= high),
                          {
                              stroke: 'var(--line-strong)',
                              strokeWidth: 1.4,
                              strokeDasharray: '1 4',
                              strokeLinecap: 'round',
                          },
                      ),
                  ],
        summary: (found) => {
            const best = found.trusted.map((backend) => [
                backend.name,
                Math.max(0, ...standing(backend).map(({ step }) => step.reported.good_rps)),
            ]);
            return (
                `At most ${list(best.filter(([, most]) => most > 0).map(([name, most]) => `${name} ${rate(most)}`))}.` +
                (found.run.report.doubling.what === 'rate'
                    ? ' On the dotted line everything offered was answered well, in time.'
                    : '')
            );
        },
    },
    {
        title: 'CPU, of its cores',
        value: ({ step }) => step.reported.service_cpu_share,
        words: share,
        scale: (points) => ({ domain: [0, Math.max(1, ...points.map(({ y }) => y))] }),
        tickFormat: (value) => `${Math.round(value * 100)} %`,
        rules: () => [Plot.ruleY([1], { stroke: 'var(--line-strong)', strokeWidth: 1.3 })],
        summary: (found) =>
            `The service’s own processes; it has ${found.run.coreCount} core${found.run.coreCount === 1 ? '' : 's'}. ` +
            `At its highest load ${list(
                found.trusted
                    .map((backend) => [backend.name, standing(backend).at(-1)])
                    .filter(([, last]) => last !== undefined)
                    .map(([name, last]) => `${name} ${share(last.step.reported.service_cpu_share)}`),
            )}.`,
    },
    {
        title: 'Memory, at its most',
        value: ({ step }) => (step.reported.rss_peak_bytes ?? 0) * step.memoryShare || null,
        words: size,
        scale: (points, { limits }) => {
            const most = Math.max(1, ...points.map(({ y }) => y));
            return {
                domain: [
                    0,
                    limits.memory_bytes > 0 && limits.memory_bytes < 2.5 * most
                        ? Math.max(most, limits.memory_bytes) * 1.06
                        : most * 1.08,
                ],
            };
        },
        tickFormat: shortSize,
        rules: ({ limits }, [, high]) =>
            limits.memory_bytes > 0 && limits.memory_bytes <= high ? [Plot.ruleY([limits.memory_bytes], ruled)] : [],
        ticks: ([, high]) => sizesTo(high),
        summary: (found) => {
            const { memory_bytes } = found.limits;
            const limit = memory_bytes > 0 ? ` The limit is ${setSize(memory_bytes)}.` : '';
            return `Resident, pages that its processes share counted once.${limit}`;
        },
    },
];

/* --- failures by kind ------------------------------------------------------------------------------------------- */

export const FAILURES = {
    timeout: 'answered too late',
    unanswered: 'never answered',
    unsent: 'never sent',
    connect: 'no connection',
    reset: 'cut off',
    status: 'wrong status',
    body: 'wrong body',
    protocol: 'not HTTP',
};

function failuresOf(found) {
    return found.trusted.flatMap((backend) =>
        standing(backend).flatMap((judged) => {
            const { tally } = judged.step;
            let from = 0;
            return Object.keys(FAILURES)
                .filter((kind) => tally.failures[kind] > 0)
                .map((kind) => {
                    const part = tally.failures[kind] / Math.max(1, tally.offered);
                    from += part;
                    return { name: backend.name, x: judged.level, kind, y1: from - part, y2: from, part };
                });
        }),
    );
}

function drawFailures(found, palette, width) {
    const parts = failuresOf(found);
    const names = found.trusted.map(({ name }) => name).filter((name) => parts.some((part) => part.name === name));
    if (names.length === 0) {
        return null;
    }
    const axis = loadAxis(found, width);
    const row = Math.max(44, Math.min(80, (HEIGHT - 50) / names.length));
    const kinds = Object.keys(FAILURES).filter((kind) => parts.some((part) => part.kind === kind));
    const plot = Plot.plot({
        width,
        height: names.length * row + 50,
        ...MARGIN,
        marginRight: 64,
        style: { fontFamily: FONT, fontSize: '12px' },
        x: axis.scale,
        y: { domain: [0, 1], label: null },
        fy: { domain: names, label: null, padding: 0.22, axis: null },
        marks: [
            Plot.ruleY([0, 1], { stroke: 'var(--line)' }),
            axis.mark,
            Plot.axisY([1], { tickFormat: () => '100 %', tickSize: 0, fontFamily: FONT, fontSize: 11, label: null }),
            Plot.rect(parts, {
                fy: 'name',
                x1: ({ x }) => x / 1.22,
                x2: ({ x }) => x * 1.22,
                y1: 'y1',
                y2: ({ y1, y2 }) => Math.max(y2, y1 + 0.012),
                fill: ({ kind }) => `var(--kind-${kind})`,
                insetTop: 0.5,
            }),
            Plot.text(names, {
                fy: (name) => name,
                text: (name) => name,
                frameAnchor: 'right',
                textAnchor: 'start',
                dx: 9,
                fontFamily: FONT,
                fontSize: 13,
                fontWeight: 650,
                fill: (name) => palette.colour(name),
            }),
            Plot.tip(
                parts,
                Plot.pointer({
                    fy: 'name',
                    x: 'x',
                    y: ({ y1, y2 }) => (y1 + y2) / 2,
                    maxRadius: 24,
                    fontFamily: FONT,
                    fontSize: 12.5,
                    fill: 'var(--paper)',
                    stroke: 'var(--line-strong)',
                    title: ({ name, x, kind, part }) =>
                        `${name} at ${level(found.run, x)}: ${share(part)} ${FAILURES[kind]}`,
                }),
            ),
        ],
    });
    return h(
        'div',
        null,
        h(
            'p',
            { class: 'key' },
            kinds.map((kind) => h('span', null, h('i', { style: `background: var(--kind-${kind})` }), FAILURES[kind])),
        ),
        plot,
    );
}

function sayFailures(found) {
    const parts = failuresOf(found);
    const failing = [...new Set(parts.map(({ name }) => name))].map((name) => {
        const first = parts.filter((part) => part.name === name).sort((a, b) => a.x - b.x)[0];
        return `${name} from ${level(found.run, first.x)}`;
    });
    return failing.length === 0 ? 'No request failed.' : `Share of what was offered. Failures seen: ${list(failing)}.`;
}

const failing = {
    value: ({ step }) => step.reported,
    words: (reported) => share(reported.offered > 0 ? 1 - reported.good / reported.offered : 0),
};

export function multiples(view) {
    const figures = KINDS.map((kind) =>
        figure({
            title: kind.title,
            draw: (width) => lines(view.found(), view.palette(), width, kind),
            summary: () => kind.summary(view.found()),
            table: () => table(view.found(), kind),
        }),
    );
    figures.push(
        figure({
            title: 'Failures, by kind',
            draw: (width) => drawFailures(view.found(), view.palette(), width),
            summary: () => sayFailures(view.found()),
            table: () => table(view.found(), failing),
        }),
    );
    const element = h(
        'section',
        { 'aria-labelledby': 'multiples' },
        h('h2', { id: 'multiples' }, 'What else happens on the way up'),
        h('div', { class: 'grid' }, figures),
    );
    element.refresh = () => figures.forEach((each) => each.refresh());
    return element;
}
