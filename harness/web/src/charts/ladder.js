// @ts-check
/* Response time against load, both logarithmic: p50 and p99 of every backend, the limit, and where each one breaks. */
import * as Plot from '@observablehq/plot';
import { figure } from '../figure.js';
import { firstLimits, level, list, percentile, runWords, setTime, shortTime, time } from '../words.js';
import { intervalOf, judgedName, overTrials, spreadWords } from '../spread.js';
import { FONT, loadAxis, repeated } from './axes.js';
import { freePlace, seriesNames, widthOf, write } from './names.js';

const HEIGHT = 440;
const MARGIN = { top: 18, bottom: 40, left: 56 };

/* Whether the step is at the load that is said to be the lowest that breaks: however often that was run. */
function isLowestBreak({ lowestBreak }, { trial, level: at }) {
    return lowestBreak !== null && lowestBreak.trial === trial && lowestBreak.level === at;
}

/* The percentile that is judged is drawn large; the median beside it says how far apart the two are. */
function pointsOf(found, palette) {
    const name = judgedName(found);
    return found.trusted
        .flatMap((backend) =>
            backend.steps
                .filter((_, i) => !repeated(backend.steps, i))
                .map((judged) => ({
                    name: backend.name,
                    backend,
                    judged,
                    trial: judged.trial,
                    stands: judged.trial === backend.standingTrial,
                    x: judged.level,
                    high: judged.step.response.quantiles[name],
                    median: judged.step.response.quantiles.p50,
                    interval: intervalOf(found, judged),
                    invalid: judged.verdict === 'invalid',
                    breaks: isLowestBreak(backend, judged),
                    symbol: palette.symbol(backend.name),
                })),
        )
        .filter(({ high, x }) => high > 0 && x > 0);
}

function lines(points, palette) {
    const shown = points.filter(({ stands }) => stands).sort((a, b) => a.x - b.x);
    const common = {
        x: 'x',
        stroke: ({ name }) => palette.colour(name),
        z: 'name',
        strokeLinecap: 'round',
        strokeLinejoin: 'round',
    };
    return [
        Plot.line(shown, { ...common, y: 'median', strokeWidth: 1.3, strokeDasharray: '2 4' }),
        Plot.line(shown, { ...common, y: 'high', strokeWidth: 2.2 }),
    ];
}

/* The 95 % interval of each step, and paler what the trials span. Each is as wide as it is: what goes beyond the frame
 * is cut. */
function bands(found, points, palette) {
    const shown = points.filter(({ stands }) => stands).sort((a, b) => a.x - b.x);
    const steps = shown
        .filter(({ interval }) => interval !== null)
        .map(({ name, x, interval: [low, high] }) => ({ name, x, low, high }));
    const trials = shown
        .map(({ name, backend, x }) => ({ name, x, over: overTrials(found, backend, x) }))
        .filter(({ over }) => over !== null)
        .map(({ name, x, over: { least, most } }) => ({ name, x, low: least, high: most }));
    const band = (of, className, fillOpacity) =>
        Plot.areaY(of, {
            x: 'x',
            y1: ({ low }) => Math.max(1, low),
            y2: ({ high }) => Math.max(1, high),
            z: 'name',
            fill: ({ name }) => palette.colour(name),
            fillOpacity,
            clip: true,
            className,
        });
    return [band(trials, 'band-trials', 0.1), band(steps, 'band-steps', 0.17)];
}

function dots(points, palette, selected) {
    const shown = points.filter(({ stands }) => stands);
    const others = points.filter(({ stands, invalid }) => !stands && !invalid);
    const colour = ({ name, invalid }) => (invalid ? 'var(--muted)' : palette.colour(name));
    return [
        Plot.dot(others, { x: 'x', y: 'high', r: 1.6, fill: colour, fillOpacity: 0.55 }),
        Plot.dot(shown, { x: 'x', y: 'median', r: 1.8, fill: colour, symbol: 'symbol' }),
        Plot.dot(shown, {
            x: 'x',
            y: 'high',
            r: 4.5,
            symbol: 'symbol',
            stroke: colour,
            strokeWidth: 1.6,
            fill: ({ invalid, name }) => (invalid ? 'var(--paper)' : palette.colour(name)),
        }),
        Plot.dot(
            shown.filter(({ breaks }) => breaks),
            { x: 'x', y: 'high', r: 10, stroke: 'var(--break)', strokeWidth: 2.2, fill: 'none' },
        ),
        Plot.dot(
            points.filter(({ judged }) => judged === selected),
            { x: 'x', y: 'high', r: 14, stroke: 'var(--ink)', strokeWidth: 1.2, strokeDasharray: '3 3', fill: 'none' },
        ),
    ];
}

function limitMarks({ limits }) {
    if (limits.latency_ns === 0) {
        return [];
    }
    return [Plot.ruleY([limits.latency_ns], { stroke: 'var(--break)', strokeWidth: 1.4, strokeDasharray: '7 4' })];
}

function domainOf(points, { limits }) {
    const values = points.flatMap(({ high, median }) => [high, Math.max(median, 1)]);
    const all = limits.latency_ns > 0 ? [...values, limits.latency_ns] : values;
    return all.length > 0 ? [Math.min(...all) / 1.4, Math.max(...all) * 1.7] : [1e5, 1e9];
}

/**
 * 1, 3 and 10 of each power of ten.
 * @param {number[]} domain
 */
function ticks([low, high]) {
    const made = [];
    for (let power = Math.floor(Math.log10(low)); 10 ** power <= high; power++) {
        made.push(10 ** power, 3 * 10 ** power);
    }
    return made.filter((tick) => tick >= low && tick <= high);
}

/* What the first break of each backend is called, beside it; not at all where that would cover other words, for the row
 * of buttons above says it too. */
function breakNames(points, plot, frame, { taken, drawn }) {
    for (const point of points.filter(({ breaks, stands }) => breaks && stands)) {
        const words = firstLimits(point.backend.firstBreak ?? point.judged);
        const width = 0.93 * widthOf(words);
        const x = plot.scale('x').apply(point.x);
        const y = plot.scale('y').apply(point.high);
        const places = [
            { x: x - width + 4, y: y - 18 },
            { x: x - width - 14, y },
            { x: x + 4, y: y + 18 },
            { x: x + 15, y },
            { x: x - width / 2, y: y - 20 },
            { x: x - width - 4, y: y + 16 },
            { x: x - width - 10, y: y - 28 },
        ].map((place) => ({ ...place, width }));
        const free = freePlace(places, frame, taken, drawn);
        if (free !== null) {
            write(plot, 'break-name', words, free);
            taken.push(free);
        }
    }
}

/* The limit's name on its line, where no other line runs. */
function limitName({ limits }, plot, frame, { taken, drawn }) {
    if (limits.latency_ns > 0) {
        const words = `limit: ${percentile(limits.percentile)} ${setTime(limits.latency_ns)}`;
        const width = 0.93 * widthOf(words);
        const y = plot.scale('y').apply(limits.latency_ns);
        const room = frame.right - frame.left - width;
        const places = [0.01, 0.99, 0.25, 0.5, 0.75].flatMap((part) =>
            [-10, 11].map((dy) => ({ x: frame.left + part * room, y: y + dy, width })),
        );
        const free = freePlace(places, frame, taken, drawn) ?? places[0];
        write(plot, 'break-name', words, free);
        taken.push(free);
    }
}

function draw(found, palette, selected, choose, width) {
    const points = pointsOf(found, palette);
    const right = width < 560 ? 58 : 76;
    const axis = loadAxis(found, width);
    const domain = domainOf(points, found);
    const plot = Plot.plot({
        width,
        height: HEIGHT,
        marginTop: MARGIN.top,
        marginBottom: MARGIN.bottom,
        marginLeft: MARGIN.left,
        marginRight: right,
        style: { fontFamily: FONT, fontSize: '12px' },
        x: axis.scale,
        y: { type: 'log', domain, label: null },
        marks: [
            Plot.gridY(ticks(domain), { stroke: 'var(--line)', strokeOpacity: 1 }),
            axis.mark,
            Plot.axisY(ticks(domain), {
                tickFormat: shortTime,
                tickSize: 0,
                fontFamily: FONT,
                fontSize: 12,
                label: null,
            }),
            ...bands(found, points, palette),
            ...limitMarks(found),
            ...lines(points, palette),
            ...dots(points, palette, selected),
            Plot.dot(
                points,
                Plot.pointer({ x: 'x', y: 'high', r: 8, stroke: 'var(--ink)', strokeWidth: 1.5, maxRadius: 30 }),
            ),
            Plot.tip(
                points,
                Plot.pointer({
                    x: 'x',
                    y: 'high',
                    maxRadius: 30,
                    fontFamily: FONT,
                    fontSize: 12.5,
                    fill: 'var(--paper)',
                    stroke: 'var(--line-strong)',
                    title: (point) =>
                        `${point.name} at ${level(found.run, point.x)}` +
                        `${point.backend.trials > 1 ? `, trial ${point.trial}` : ''}${runWords(point.judged)}: ` +
                        `${point.judged.verdict}\n` +
                        [
                            `${judgedLabel(found)} ${time(point.high)}, p50 ${time(point.median)}`,
                            spreadWords(found, point.backend, point.judged),
                        ]
                            .filter((line) => line !== null)
                            .join('\n'),
                }),
            ),
        ],
    });
    const ends = points.filter(({ stands }) => stands).map(({ name, x, high }) => ({ name, x, y: high }));
    const frame = { left: MARGIN.left, right: width, top: 8, bottom: HEIGHT - MARGIN.bottom };
    const room = seriesNames(plot, ends, palette, frame);
    limitName(found, plot, { ...frame, right: width - right }, room);
    breakNames(points, plot, frame, room);
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
    const broken = found.backends
        .filter(({ firstBreak }) => firstBreak !== null)
        .map(
            (backend) =>
                `${backend.name} breaks at ${level(run, backend.breaksAt)} (${firstLimits(backend.firstBreak)})`,
        );
    const unbroken = found.backends
        .filter(({ firstBreak, lastGood }) => firstBreak === null && lastGood !== null)
        .map((backend) => `${backend.name} holds ${level(run, backend.holdsAt)}, with no break found`);
    const limit =
        found.limits.latency_ns > 0
            ? `The limit is ${setTime(found.limits.latency_ns)} at the ${judgedLabel(found)}. `
            : '';
    const spread =
        `Bands: the 95 % interval of the ${judgedLabel(found)}, from how much the parts of a step differ` +
        `${found.backends.some(({ trials }) => trials > 1) ? '; paler, what the trials span.' : '.'}`;
    const left = found.backends.filter(({ distrusted }) => distrusted !== null).map(({ name }) => name);
    return [
        `${limit}Ringed: ${list([...broken, ...unbroken])}. Solid: the ${judgedLabel(found)}; dotted: the p50. ` +
            'Hollow points say nothing about the service; the dashed ring is the step that is shown from inside below.',
        found.trusted.some(({ steps }) => steps.some((judged) => intervalOf(found, judged) !== null)) ? spread : null,
        left.length > 0 ? `Left out: ${list(left)}, whose answers do not add up.` : null,
    ]
        .filter((words) => words !== null)
        .join(' ');
}

function intervalWords(interval) {
    return interval !== null ? `${time(interval[0])} to ${time(interval[1])}` : '–';
}

function table(found) {
    const judged = judgedLabel(found);
    return {
        columns: [
            'service',
            'load',
            'trial',
            'run',
            'verdict',
            'p50',
            judged,
            '95 % interval',
            'limits violated, and when',
        ],
        rows: found.backends.flatMap((backend) =>
            backend.steps.map((each) => [
                backend.name,
                level(found.run, each.level),
                String(each.trial),
                `${each.attempt}${each.phase === 'warm' ? ', warm' : ''}`,
                each.disturbedWords !== null ? `${each.verdict} (disturbed)` : each.verdict,
                time(each.step.response.quantiles.p50),
                time(each.step.response.quantiles[judgedName(found)]),
                intervalWords(intervalOf(found, each)),
                each.breaches.map(({ limit, at_ns }) => `${limit} at ${time(at_ns)}`).join(', ') || '–',
            ]),
        ),
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
