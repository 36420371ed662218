// @ts-check
/* The whole distribution of response times at one load: time against percentile, the last percents spread out as far as
 * enough requests stand behind them. */
import * as Plot from '@observablehq/plot';
import { h } from '../dom.js';
import { figure } from '../figure.js';
import { level, list, percentile, shortTime, time } from '../words.js';
import { FONT, levels, powersIn, standing } from './axes.js';
import { seriesNames } from './names.js';

const HEIGHT = 340;
const ENOUGH = 10; /* requests above a percentile before it is shown */
const TICKS = [0.5, 0.9, 0.99, 0.999, 0.9999, 0.99999];

/* [{x, y}]: y is the time that all but one in x stayed within. */
function curveOf(histogram) {
    const points = [];
    let seen = 0;
    for (const { end, count } of histogram.counts) {
        seen += count;
        const above = histogram.total - seen;
        const y = Math.max(1, Math.min(end, histogram.max));
        if (above < ENOUGH) {
            points.push({ x: histogram.total / ENOUGH, y });
            break;
        }
        points.push({ x: histogram.total / above, y });
    }
    return points.filter(({ x }) => x >= 1);
}

function levelOf(view) {
    const all = levels(view.found());
    const { at } = view.state();
    return all.includes(at) ? at : (view.chosen()?.judged.level ?? all[0]);
}

function seriesOf(view) {
    const at = levelOf(view);
    return view.found().trusted.flatMap((backend) => {
        const judged = standing(backend).find((each) => each.level === at);
        return judged === undefined || judged.step.response.total < 2 * ENOUGH ? [] : [{ name: backend.name, judged }];
    });
}

function draw(view, width) {
    const palette = view.palette();
    const series = seriesOf(view);
    if (series.length === 0) {
        return null;
    }
    const curves = (key) =>
        series.flatMap(({ name, judged }) => curveOf(judged.step[key]).map((point) => ({ ...point, name })));
    const response = curves('response');
    const service = curves('service');
    const all = [...response, ...service];
    const { limits } = view.found();
    const most = Math.max(...response.map(({ x }) => x), 20);
    const judged =
        limits.latency_ns > 0
            ? [{ x: 1 / (1 - limits.percentile), y: limits.latency_ns }].filter(({ x }) => x <= most)
            : [];
    const ticks = TICKS.map((share) => Number((1 / (1 - share)).toPrecision(6))).filter((x) => x <= most);
    const domain = [
        Math.min(...all.map(({ y }) => y)) / 1.2,
        Math.max(...all.map(({ y }) => y), limits.latency_ns) * 1.4,
    ];
    const plot = Plot.plot({
        width,
        height: HEIGHT,
        marginLeft: 56,
        marginRight: 64,
        marginTop: 10,
        marginBottom: 40,
        style: { fontFamily: FONT, fontSize: '12px' },
        x: { type: 'log', domain: [1.25, most], label: null },
        y: { type: 'log', domain, label: null },
        clip: true,
        marks: [
            Plot.gridY(powersIn(domain), { stroke: 'var(--line)', strokeOpacity: 1 }),
            Plot.axisX(ticks, {
                text: (x) => percentile(Number((1 - 1 / x).toPrecision(7))),
                fontFamily: FONT,
                fontSize: 12,
                tickSize: 4,
                label: 'share of requests that were faster →',
                labelAnchor: 'right',
                labelArrow: 'none',
            }),
            Plot.axisY(powersIn(domain), { text: shortTime, tickSize: 0, fontFamily: FONT, fontSize: 12, label: null }),
            Plot.line(service, {
                x: 'x',
                y: 'y',
                z: 'name',
                stroke: ({ name }) => palette.colour(name),
                strokeWidth: 1.2,
                strokeDasharray: '2 4',
                curve: 'step-after',
            }),
            Plot.line(response, {
                x: 'x',
                y: 'y',
                z: 'name',
                stroke: ({ name }) => palette.colour(name),
                strokeWidth: 2.2,
                curve: 'step-after',
            }),
            Plot.ruleX(judged, {
                x: 'x',
                y1: 'y',
                y2: () => domain[1],
                stroke: 'var(--break)',
                strokeWidth: 1.4,
                strokeDasharray: '7 4',
            }),
            Plot.ruleY(judged, {
                y: 'y',
                x1: 'x',
                x2: () => most,
                stroke: 'var(--break)',
                strokeWidth: 1.4,
                strokeDasharray: '7 4',
            }),
        ],
    });
    seriesNames(plot, response, palette, { left: 56, right: width, top: 6, bottom: HEIGHT - 40 }, 8);
    return plot;
}

function summary(view) {
    const at = levelOf(view);
    if (at === undefined) {
        return 'No step was run.';
    }
    const series = seriesOf(view).map(
        ({ name, judged }) =>
            `${name} ${['p50_ns', 'p99_ns', 'p999_ns'].map((key) => time(judged.step.reported[key])).join(', ')}`,
    );
    return (
        `At ${level(view.found().run, at)}. Solid from the moment a request was due, ` +
        'dotted from the moment it was sent. ' +
        `p50, p99 and p99.9: ${series.length > 0 ? list(series) : 'too few requests'}.` +
        (view.found().limits.latency_ns > 0 ? ' The red corner is the limit: a curve that enters it violates it.' : '')
    );
}

function table(view) {
    const kinds = ['mean', 'p50', 'p90', 'p99', 'p999', 'max'];
    return {
        columns: ['service', 'mean', 'p50', 'p90', 'p99', 'p99.9', 'longest', 'p50 from sending', 'p99 from sending'],
        rows: seriesOf(view).map(({ name, judged: { step } }) => [
            name,
            ...kinds.map((kind) => time(step.reported[`${kind}_ns`])),
            time(step.reported.service_p50_ns),
            time(step.reported.service_p99_ns),
        ]),
    };
}

export function spectrum(view) {
    const at = h('select', {
        'aria-label': 'load',
        onchange: ({ target }) => view.setLevel(target.value === '' ? null : Number(target.value)),
    });
    const element = figure({
        title: 'Every percentile, at one load',
        level: 2,
        before: h('div', { class: 'pickers' }, at),
        draw: (width) => draw(view, width),
        summary: () => summary(view),
        table: () => table(view),
    });
    const refresh = element.refresh;
    element.refresh = () => {
        const all = levels(view.found());
        const chosen = all.includes(view.state().at) ? view.state().at : null;
        at.replaceChildren(
            h('option', { value: '', selected: chosen === null }, 'at the chosen step’s load'),
            ...all.map((each) =>
                h('option', { value: each, selected: each === chosen }, `at ${level(view.found().run, each)}`),
            ),
        );
        refresh();
    };
    return element;
}
