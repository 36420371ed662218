// @ts-check
/* What each step was expected to show, from the steps before it alone, and what it showed. */
import * as Plot from '@observablehq/plot';
import { h } from '../dom.js';
import { figure } from '../figure.js';
import { earlyWarningPart } from '../parts/early_warning.js';
import { level, list, share, shortCount, shortTime, size, time } from '../words.js';
import { FONT, loadAxis, powersIn, shortSize, sizesTo, standing } from './axes.js';
import { seriesNames } from './names.js';

const HEIGHT = 210;
const MARGIN = { marginTop: 12, marginBottom: 38, marginLeft: 50 };

const SIGNALS = [
    {
        title: 'CPU, in cores',
        key: 'cpu',
        expected: 'service_cores',
        happened: ({ step }) => step.reported.service_cores_used,
        words: (value) => Number(value.toPrecision(3)).toString(),
        tick: (value) => String(value),
        log: false,
    },
    {
        title: 'Memory',
        key: 'memory',
        expected: 'memory_bytes',
        happened: ({ step }) => step.reported.rss_peak_bytes,
        words: size,
        tick: shortSize,
        ticks: sizesTo,
        log: false,
    },
    {
        title: 'p99 of the response time',
        key: 'latency',
        expected: 'p99_ns',
        happened: ({ step }) => step.response.quantiles.p99 || null,
        words: time,
        tick: shortTime,
        log: true,
    },
    {
        title: 'Requests sent and not yet answered',
        key: 'in_flight',
        expected: 'in_flight',
        happened: ({ step }) => step.load.mean_in_flight || null,
        words: (value) => shortCount(value),
        tick: shortCount,
        log: true,
    },
];

/* Forecast and outcome of each step of the standing trial that has both. */
function pairsOf(found, signal) {
    return found.trusted.flatMap((backend) =>
        standing(backend).flatMap((judged) => {
            const made = backend.forecasts.find(({ trial, step }) => trial === judged.trial && step === judged.index);
            const expected = made?.[signal.expected] ?? null;
            const happened = signal.happened(judged);
            const usable = expected !== null && happened !== null && (!signal.log || (expected > 0 && happened > 0));
            return usable ? [{ name: backend.name, x: judged.level, expected, happened }] : [];
        }),
    );
}

function draw(found, palette, width, signal) {
    const pairs = pairsOf(found, signal);
    if (pairs.length === 0) {
        return null;
    }
    const values = pairs.flatMap(({ expected, happened }) => [expected, happened]);
    const domain = signal.log
        ? [Math.min(...values) / 1.4, Math.max(...values) * 1.6]
        : [0, Math.max(...values) * 1.08];
    const ticks = signal.log ? powersIn(domain) : signal.ticks?.(domain[1]);
    const axis = loadAxis(found, width);
    const colour = ({ name }) => palette.colour(name);
    const plot = Plot.plot({
        width,
        height: HEIGHT,
        ...MARGIN,
        marginRight: 64,
        style: { fontFamily: FONT, fontSize: '12px' },
        x: axis.scale,
        y: { type: signal.log ? 'log' : 'linear', domain, label: null },
        marks: [
            Plot.gridY(ticks, { stroke: 'var(--line)', strokeOpacity: 1, ticks: 4 }),
            axis.mark,
            Plot.axisY(ticks, {
                ...(signal.log ? { text: signal.tick } : { tickFormat: signal.tick }),
                ticks: 4,
                tickSize: 0,
                fontFamily: FONT,
                fontSize: 12,
                label: null,
            }),
            Plot.line(pairs, {
                x: 'x',
                y: 'happened',
                z: 'name',
                stroke: colour,
                strokeWidth: 1.8,
                strokeLinejoin: 'round',
            }),
            Plot.ruleX(pairs, {
                x: 'x',
                y1: 'expected',
                y2: 'happened',
                stroke: colour,
                strokeWidth: 1,
                strokeOpacity: 0.6,
            }),
            Plot.dot(pairs, {
                x: 'x',
                y: 'expected',
                r: 4,
                stroke: colour,
                strokeWidth: 1.5,
                fill: 'var(--paper)',
                symbol: ({ name }) => palette.symbol(name),
            }),
            Plot.tip(
                pairs,
                Plot.pointer({
                    x: 'x',
                    y: 'expected',
                    maxRadius: 24,
                    fontFamily: FONT,
                    fontSize: 12.5,
                    fill: 'var(--paper)',
                    stroke: 'var(--line-strong)',
                    title: ({ name, x, expected, happened }) =>
                        `${name} at ${level(found.run, x)}: expected ${signal.words(expected)}, ` +
                        `was ${signal.words(happened)}`,
                }),
            ),
        ],
    });
    const frame = { left: MARGIN.marginLeft, right: width, top: 6, bottom: HEIGHT - MARGIN.marginBottom };
    seriesNames(
        plot,
        pairs.map(({ name, x, happened }) => ({ name, x, y: happened })),
        palette,
        frame,
        9,
    );
    return plot;
}

function summary(found, signal) {
    const errors = found.trusted
        .map(({ name, reported }) => [name, reported.forecast?.errors?.[signal.key]?.median_error])
        .filter(([, error]) => error !== null && error !== undefined);
    return errors.length > 0
        ? 'Half of the forecasts were off by less than ' +
              `${list(errors.map(([name, error]) => `${share(error)} for ${name}`))}.`
        : 'Rings are forecasts, the line is what happened.';
}

export function forecast(view) {
    const figures = SIGNALS.map((signal) =>
        figure({
            title: signal.title,
            draw: (width) => draw(view.found(), view.palette(), width, signal),
            summary: () => summary(view.found(), signal),
            table: () => ({
                columns: ['service', 'load', 'expected', 'was'],
                rows: pairsOf(view.found(), signal).map(({ name, x, expected, happened }) => [
                    name,
                    level(view.found().run, x),
                    signal.words(expected),
                    signal.words(happened),
                ]),
            }),
        }),
    );
    const earlyWarning = earlyWarningPart(view);
    const element = h(
        'section',
        { 'aria-labelledby': 'forecast' },
        h('h2', { id: 'forecast' }, 'The next doubling, projected'),
        earlyWarning,
        h(
            'p',
            { class: 'summary' },
            'Rings: what each step was expected to show, from the steps before it alone, before it ran. ' +
                'Lines: what it showed.',
        ),
        h('div', { class: 'grid' }, figures),
    );
    element.refresh = () => {
        const found = view.found();
        element.hidden = SIGNALS.every((signal) => pairsOf(found, signal).length === 0);
        earlyWarning.refresh();
        figures.forEach((each, i) => {
            each.hidden = pairsOf(found, SIGNALS[i]).length === 0;
            each.refresh();
        });
    };
    return element;
}
