/* Response time against load, both logarithmic: p50 and p99 of every backend, the limit, and where each one breaks. */
import * as Plot from '@observablehq/plot';
import { figure } from '../figure.js';
import { firstLimits } from '../answer.js';
import { level, list, percentile, setTime, shortTime, time } from '../words.js';
import { percentileName } from '../rules/limits.js';
import { repeated } from '../rules/ladder.js';
import { FONT, loadAxis } from './axes.js';
import { seriesNames, write } from './names.js';

const HEIGHT = 440;
const MARGIN = { top: 18, bottom: 40, left: 56 };

/* The percentile that is judged is drawn large; the median beside it says how far apart the two are. */
function judgedName({ limits }) {
    return percentileName(limits.latency_ns > 0 ? limits.percentile : 0.99);
}

function pointsOf(found, palette) {
    const name = judgedName(found);
    return found.backends.flatMap((backend) => backend.steps.filter((_, i) => !repeated(backend.steps, i)).map((judged) => ({
        name: backend.name,
        backend,
        judged,
        trial: judged.trial,
        stands: judged.trial === backend.standingTrial,
        x: judged.level,
        high: judged.step.response.quantiles[name],
        median: judged.step.response.quantiles.p50,
        interval: judged.step.reported[`${name}_interval_ns`] ?? null,
        invalid: judged.verdict === 'invalid',
        breaks: judged === backend.firstBreak,
        symbol: palette.symbol(backend.name),
    }))).filter(({ high, x }) => high > 0 && x > 0);
}

function lines(points, palette) {
    const standingOnes = points.filter(({ stands }) => stands).sort((a, b) => a.x - b.x);
    const others = points.filter(({ stands }) => !stands).sort((a, b) => a.x - b.x);
    const stroke = ({ name }) => palette.colour(name);
    const common = { x: 'x', stroke, z: ({ name, trial }) => `${name} ${trial}`, strokeLinecap: 'round', strokeLinejoin: 'round' };
    return [
        Plot.line(others, { ...common, y: 'high', strokeOpacity: 0.28, strokeWidth: 1.2 }),
        Plot.line(standingOnes, { ...common, y: 'median', strokeWidth: 1.3, strokeDasharray: '2 4' }),
        Plot.line(standingOnes, { ...common, y: 'high', strokeWidth: 2.2 }),
    ];
}

function bands(points, palette) {
    const known = points.filter(({ stands, interval }) => stands && interval !== null).sort((a, b) => a.x - b.x);
    return Plot.areaY(known, {
        x: 'x', y1: ({ interval }) => Math.max(1, interval[0]), y2: ({ interval }) => Math.max(1, interval[1]), z: 'name',
        fill: ({ name }) => palette.colour(name), fillOpacity: 0.14,
    });
}

function dots(points, palette, selected) {
    const shown = points.filter(({ stands }) => stands);
    const colour = ({ name, invalid }) => (invalid ? 'var(--muted)' : palette.colour(name));
    return [
        Plot.dot(shown, { x: 'x', y: 'median', r: 1.8, fill: colour, symbol: 'symbol' }),
        Plot.dot(shown, {
            x: 'x', y: 'high', r: 4.5, symbol: 'symbol', stroke: colour, strokeWidth: 1.6,
            fill: ({ invalid, name }) => (invalid ? 'var(--paper)' : palette.colour(name)),
        }),
        Plot.dot(shown.filter(({ breaks }) => breaks), {
            x: 'x', y: 'high', r: 10, stroke: 'var(--break)', strokeWidth: 2.2, fill: 'none',
        }),
        Plot.dot(points.filter(({ judged }) => judged === selected), {
            x: 'x', y: 'high', r: 14, stroke: 'var(--ink)', strokeWidth: 1.2, strokeDasharray: '3 3', fill: 'none',
        }),
    ];
}

function limitMarks({ limits }) {
    if (limits.latency_ns === 0) {
        return [];
    }
    const text = `limit: ${percentile(limits.percentile)} ${setTime(limits.latency_ns)}`;
    return [
        Plot.ruleY([limits.latency_ns], { stroke: 'var(--break)', strokeWidth: 1.4, strokeDasharray: '7 4' }),
        Plot.text([text], {
            frameAnchor: 'left', y: () => limits.latency_ns, dy: -8, dx: 6, textAnchor: 'start', fill: 'var(--break)',
            fontFamily: FONT, fontSize: 12.5, fontWeight: 600, stroke: 'var(--paper)', strokeWidth: 4,
        }),
    ];
}

function domainOf(points, { limits }) {
    const values = points.flatMap(({ high, median }) => [high, Math.max(median, 1)]);
    const all = limits.latency_ns > 0 ? [...values, limits.latency_ns] : values;
    return all.length > 0 ? [Math.min(...all) / 1.4, Math.max(...all) * 1.7] : [1e5, 1e9];
}

/* 1, 3 and 10 of each power of ten. */
function ticks([low, high]) {
    const made = [];
    for (let power = Math.floor(Math.log10(low)); 10 ** power <= high; power++) {
        made.push(10 ** power, 3 * 10 ** power);
    }
    return made.filter((tick) => tick >= low && tick <= high);
}

/* What the first break of each backend is called, beside it: above on the left, else below on the right, else not at all,
 * for the row of buttons above says it too. */
function breakNames(points, plot, taken) {
    for (const point of points.filter(({ breaks, stands }) => breaks && stands)) {
        const words = firstLimits(point.judged);
        const width = 6.8 * words.length;
        const x = plot.scale('x').apply(point.x);
        const y = plot.scale('y').apply(point.high);
        const free = [{ x: x - width + 4, y: y - 18 }, { x: x - width - 14, y }, { x: x + 4, y: y + 18 }].find((place) =>
            place.x >= MARGIN.left && taken.every((other) => Math.abs(other.y - place.y) > 13 ||
                other.x > place.x + width || other.x + other.width < place.x));
        if (free !== undefined) {
            write(plot, 'break-name', words, free);
            taken.push({ ...free, width });
        }
    }
}

function draw(found, palette, selected, choose, width) {
    const points = pointsOf(found, palette);
    const narrow = width < 560;
    const axis = loadAxis(found, width);
    const domain = domainOf(points, found);
    const plot = Plot.plot({
        width, height: HEIGHT, marginTop: MARGIN.top, marginBottom: MARGIN.bottom, marginLeft: MARGIN.left,
        marginRight: narrow ? 58 : 76, style: { fontFamily: FONT, fontSize: '12px' },
        x: axis.scale, y: { type: 'log', domain, label: null },
        marks: [
            Plot.gridY(ticks(domain), { stroke: 'var(--line)', strokeOpacity: 1 }),
            axis.mark,
            Plot.axisY(ticks(domain), { tickFormat: shortTime, tickSize: 0, fontFamily: FONT, fontSize: 12, label: null }),
            bands(points, palette),
            ...limitMarks(found),
            ...lines(points, palette),
            ...dots(points, palette, selected),
            Plot.dot(points, Plot.pointer({ x: 'x', y: 'high', r: 8, stroke: 'var(--ink)', strokeWidth: 1.5, maxRadius: 30 })),
            Plot.tip(points, Plot.pointer({
                x: 'x', y: 'high', maxRadius: 30, fontFamily: FONT, fontSize: 12.5, fill: 'var(--paper)', stroke: 'var(--line-strong)',
                title: (point) => `${point.name} at ${level(found.run, point.x)}` +
                    `${point.backend.trials > 1 ? `, trial ${point.trial}` : ''}: ${point.judged.verdict}\n` +
                    `${judgedLabel(found)} ${time(point.high)}, p50 ${time(point.median)}`,
            })),
        ],
    });
    const ends = points.filter(({ stands }) => stands).map(({ name, x, high }) => ({ name, x, y: high }));
    breakNames(points, plot, seriesNames(plot, ends, palette, HEIGHT - MARGIN.bottom));
    plot.addEventListener('click', () => {
        if (plot.value) {
            choose(plot.value.judged, plot.value.name);
        }
    });
    return plot;
}

function judgedLabel(found) {
    return found.limits.latency_ns > 0 ? percentile(found.limits.percentile) : 'p99';
}

function summary(found) {
    const { run } = found;
    const broken = found.backends.filter(({ firstBreak }) => firstBreak !== null).map((backend) =>
        `${backend.name} breaks at ${level(run, backend.breaksAt)} (${firstLimits(backend.firstBreak)})`);
    const unbroken = found.backends.filter(({ firstBreak, lastGood }) => firstBreak === null && lastGood !== null).map(
        (backend) => `${backend.name} holds ${level(run, backend.holdsAt)}, with no break found`);
    const limit = found.limits.latency_ns > 0 ? `The limit is ${setTime(found.limits.latency_ns)} at the ${judgedLabel(found)}. ` : '';
    return `${limit}Ringed: ${list([...broken, ...unbroken])}.`;
}

function table(found) {
    const judged = judgedLabel(found);
    return {
        columns: ['backend', 'load', 'trial', 'verdict', 'p50', judged, 'limits broken, in order'],
        rows: found.backends.flatMap((backend) => backend.steps.map((each) => [
            backend.name, level(found.run, each.level), String(each.trial), each.verdict, time(each.step.response.quantiles.p50),
            time(each.step.response.quantiles[judgedName(found)]),
            each.breaches.map(({ limit, at_ns }) => `${limit} at ${time(at_ns)}`).join(', ') || '–',
        ])),
    };
}

/* `view`: found(), palette(), selected() and choose(judged, backend) of what is shown now. */
export function ladder(view) {
    return figure({
        title: 'Response time as the load doubles',
        level: 2,
        className: 'wide',
        draw: (width) => draw(view.found(), view.palette(), view.selected(), view.choose, width),
        summary: () => summary(view.found()),
        table: () => table(view.found()),
    });
}
