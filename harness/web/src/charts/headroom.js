// @ts-check
/* How far each service goes: a row each, on the axis of the load. The bar ends where its first limit breaks; above it
 * stand the limits, below it what it runs on, each where it breaks or is used up. */
import { h, svg } from '../dom.js';
import { figure } from '../figure.js';
import { count, level, levelAxis, levelParts, list, share, shortCount } from '../words.js';
import { ticksIn } from './intervals.js';
import { widthOf } from './names.js';
import { RESOURCES } from './resources.js';

const LANE = 14; /* the height of a line of words */
const LANES = 2; /* above the bar, and below it */
const BAR = 10;
const ROW = BAR + 2 * LANES * LANE + 16;
const NAME = 150; /* where the bars begin; on a phone the name stands above its bar */
const NARROW = 560;
const MOST_BEYOND = 8; /* what runs out later than so many times the highest load that was run is told at the edge */

const byLoad = (a, b) => a.at - b.at;

/* Where a limit breaks: the estimate, or the middle of the two loads between which it does. */
function limitMarks({ reported: { limits } }) {
    return limits
        .map((each) => ({ ...each, high: each.high_level ?? each.breaks_at_level }))
        .filter(({ high }) => high !== null)
        .map(({ limit, order, low_level: low, high, capacity_level: capacity, estimated }) => ({
            name: limit,
            first: order === 1,
            low: Math.max(low, 0),
            high,
            at: estimated ? capacity : low > 0 ? Math.sqrt(low * high) : high,
        }))
        .sort(byLoad);
}

function resourceMarks({ reported }) {
    return (reported.resources ?? [])
        .filter(({ exhausted_at_level: at }) => at !== null && at > 0)
        .map((each) => ({
            name: RESOURCES[each.resource] ?? each.resource,
            at: each.exhausted_at_level,
            measured: each.measured,
        }))
        .sort(byLoad);
}

function rowsOf({ trusted }) {
    return trusted
        .filter(({ steps }) => steps.length > 0)
        .map((backend) => {
            const limits = limitMarks(backend);
            const highest = Math.max(...backend.steps.map((step) => step.level));
            return {
                backend,
                limits,
                resources: resourceMarks(backend),
                highest,
                capacity: limits.find(({ first }) => first)?.at ?? backend.holdsAt,
            };
        });
}

/** @returns {[number, number]} */
function domainOf(rows) {
    const run = rows.flatMap(({ backend }) => backend.steps.map((step) => step.level)).filter((load) => load > 0);
    const top = Math.max(...run);
    const marks = rows.flatMap(({ resources, backend }) => [...resources.map(({ at }) => at), 2 * backend.holdsAt]);
    return [Math.min(...run) / 1.15, Math.min(MOST_BEYOND * top, Math.max(top, ...marks)) * 1.15];
}

/* Those that stand at one place under one name: [{names, at, first}]. */
function together(marks, x) {
    const groups = [];
    for (const mark of marks) {
        const last = groups.at(-1);
        if (last !== undefined && Math.abs(x(last.at) - x(mark.at)) < 5 && last.first === mark.first) {
            last.names.push(mark.name);
        } else {
            groups.push({ ...mark, names: [mark.name] });
        }
    }
    return groups;
}

/* Words beside their marks in lanes, so that none covers another; what finds no room is told by the numbers alone.
 * Returns [{group, lane, x}]. */
function placed(groups, x, right) {
    const ends = new Array(LANES).fill(-Infinity);
    return groups.flatMap((group) => {
        const width = (group.first ? 1.08 : 0.93) * widthOf(group.names.join(', '));
        const from = Math.min(x(group.at) - 4, right - width);
        const lane = ends.findIndex((end) => from > end + 8);
        if (lane < 0) {
            return [];
        }
        ends[lane] = from + width;
        return [{ group, lane, x: from }];
    });
}

const diamond = (x, y, r) => `M${x} ${y - r}L${x + r} ${y}L${x} ${y + r}L${x - r} ${y}Z`;

function titled(element, words) {
    element.append(svg('title', null, words));
    return element;
}

function drawBar({ backend, limits, capacity, highest }, { x, left, y }) {
    const end = x(capacity);
    const broke = limits.some(({ first }) => first);
    const parts = [];
    if (backend.holdsAt > 0 || broke) {
        parts.push(svg('rect', { class: 'holds', x: left, y, width: Math.max(2, end - left), height: BAR, rx: 2 }));
    }
    if (broke && highest > capacity) {
        parts.push(svg('rect', { class: 'beyond', x: end, y, width: x(highest) - end, height: BAR, rx: 2 }));
    }
    return parts;
}

function drawLimits({ limits }, { run, x, y, right }) {
    const groups = together(limits, x);
    const ticks = groups.flatMap((group) => {
        const at = x(group.at);
        const spread = group.low > 0 && x(group.high) - x(group.low) > 6;
        const words = `${list(group.names)}: ${level(run, Math.round(group.at))}`;
        return [
            spread
                ? svg('line', { class: 'between', x1: x(group.low), x2: x(group.high), y1: y + 1, y2: y + 1 })
                : null,
            titled(
                svg('line', { class: group.first ? 'limit first' : 'limit', x1: at, x2: at, y1: y - 4, y2: y + BAR }),
                words,
            ),
        ].filter((element) => element !== null);
    });
    const names = placed(groups, x, right).map(({ group, lane, x: from }) =>
        svg(
            'text',
            { class: group.first ? 'limit-name first' : 'limit-name', x: from, y: y - 8 - lane * LANE },
            group.names.join(', '),
        ),
    );
    return [...ticks, ...names];
}

function drawResources({ resources, backend }, { run, x, y, right }) {
    const shown = resources.filter(({ at }) => x(at) <= right);
    const groups = together(
        shown.map((each) => ({ ...each, first: each.measured })),
        x,
    );
    const middle = y + BAR + 7;
    const marks = groups.map((group) =>
        titled(
            svg('path', { class: group.measured ? 'used-up' : 'projected', d: diamond(x(group.at), middle, 4) }),
            `${list(group.names)}: used up at ${group.measured ? '' : 'about '}${level(run, Math.round(group.at))}`,
        ),
    );
    const doubled = 2 * backend.holdsAt;
    const twice = doubled > 0 && x(doubled) <= right ? [{ names: ['×2'], at: doubled, twice: true }] : [];
    const names = placed([...groups, ...twice].sort(byLoad), x, right).map(({ group, lane, x: from }) =>
        svg(
            'text',
            { class: group.twice ? 'twice-name' : 'resource-name', x: from, y: middle + 16 + lane * LANE },
            group.names.join(', '),
        ),
    );
    const line = twice.map(({ at }) =>
        titled(
            svg('line', { class: 'twice', x1: x(at), x2: x(at), y1: y - 2, y2: middle + 6 }),
            `twice what it holds: ${level(run, at)}`,
        ),
    );
    return [...line, ...marks, ...names];
}

/* A capacity as it is read at a glance: three digits of an estimate, and what a search has not closed as it is. */
function heldWords({ run }, { backend, limits }) {
    const first = backend.reported.limits.find(({ order, breaks_at_level: at }) => order === 1 && at !== null);
    if (first === undefined) {
        return backend.holdsAt > 0 ? `≥ ${levelParts(run, backend.holdsAt)[0]}` : '–';
    }
    if (first.estimated) {
        return levelParts(run, Number(first.capacity_level.toPrecision(3)))[0];
    }
    const { low, high } = limits.find((each) => each.first) ?? { low: 0, high: 0 };
    return low > 0 ? `${shortCount(low)} to ${shortCount(high)}` : `< ${levelParts(run, high)[0]}`;
}

function drawName(found, row, palette, y, narrow) {
    const { name } = row.backend;
    const [nameY, heldY] = narrow ? [y - LANES * LANE - 10, y - LANES * LANE - 10] : [y + 1, y + 17];
    const held = heldWords(found, row);
    return [
        svg('text', { class: 'row-name', x: 0, y: nameY, style: `fill: ${palette.colour(name)}` }, name),
        svg('text', { class: 'row-held', x: narrow ? 10 * name.length + 12 : 0, y: heldY }, held),
    ];
}

function drawAxis({ run }, ticks, { x, bottom, right }) {
    return [
        ...ticks.flatMap((tick) => [
            svg('line', { class: 'grid', x1: x(tick), x2: x(tick), y1: 0, y2: bottom }),
            svg('text', { class: 'tick', x: x(tick), y: bottom + 16 }, shortCount(tick)),
        ]),
        svg('text', { class: 'axis', x: right, y: bottom + 34 }, `${levelAxis(run)} →`),
    ];
}

function draw(found, palette, width) {
    const rows = rowsOf(found);
    if (rows.length === 0) {
        return null;
    }
    const narrow = width < NARROW;
    const left = narrow ? 0 : NAME;
    const right = width - 12;
    const [low, high] = domainOf(rows);
    const x = (load) => left + ((right - left) * Math.log(Math.max(load, low) / low)) / Math.log(high / low);
    const height = ROW + (narrow ? 22 : 0);
    const bottom = rows.length * height;
    const ticks = ticksIn([low, high], right - left);
    const picture = svg('svg', { width, height: bottom + 40, viewBox: `0 0 ${width} ${bottom + 40}` });
    picture.append(...drawAxis(found, ticks, { x, bottom, right }));
    rows.forEach((row, i) => {
        const y = i * height + (narrow ? 22 : 0) + LANES * LANE + 8;
        const place = { run: found.run, x, left, right, y };
        picture.append(
            svg(
                'g',
                { class: 'row', 'data-service': row.backend.name },
                ...drawName(found, row, palette, y, narrow),
                ...drawBar(row, place),
                ...drawLimits(row, place),
                ...drawResources(row, place),
            ),
        );
    });
    return picture;
}

function key() {
    const item = (className, words) => h('span', null, h('i', { class: className }), words);
    return h(
        'p',
        { class: 'key headroom-key' },
        item('holds', 'every limit is kept'),
        item('limit', 'a limit breaks (named above)'),
        item('used-up', 'used up, measured (named below)'),
        item('projected', 'used up, projected'),
        h('span', null, '×2: twice the highest load that it held'),
    );
}

/* What would be left of it at twice the highest load held, or what it would lack. */
function doubledWords({ needed_share_at_double: needed }) {
    if (needed === null || needed === undefined) {
        return '–';
    }
    return `${share(Math.abs(needed - 1))} ${needed > 1 ? 'short' : 'left'}`;
}

function table(found) {
    const { run } = found;
    return {
        columns: ['service', 'what', 'breaks, or is used up, at', 'at twice what it holds'],
        rows: found.trusted.flatMap(({ name, reported }) => [
            ...reported.limits.map(({ limit, estimated, capacity_level: at, low_level: low, high_level: high }) => [
                name,
                limit,
                high === null
                    ? '–'
                    : estimated
                      ? level(run, Number(at.toPrecision(3)))
                      : low > 0
                        ? `${count(low)} to ${level(run, high)}`
                        : `below ${level(run, high)}`,
                high !== null && 2 * (reported.capacity_level ?? 0) >= high ? 'breaks' : '–',
            ]),
            ...(reported.resources ?? []).map((each) => [
                name,
                RESOURCES[each.resource] ?? each.resource,
                each.exhausted_at_level === null
                    ? each.end
                    : `${each.measured ? '' : 'about '}${level(
                          run,
                          Number(each.exhausted_at_level.toPrecision(each.measured ? 3 : 2)),
                      )}`,
                doubledWords(each),
            ]),
        ]),
    };
}

function summary(found) {
    const rows = rowsOf(found);
    if (rows.length === 0) {
        return 'No service was measured.';
    }
    return rows
        .map((row) => `${row.backend.name} ${heldWords(found, row)}`)
        .join(', ')
        .replace(/$/, ': where the first limit breaks.');
}

export function headroom(view) {
    const element = figure({
        title: 'How far each service goes',
        level: 2,
        className: 'headroom',
        draw: (width) => draw(view.found(), view.palette(), width),
        after: key(),
        summary: () => summary(view.found()),
        table: () => table(view.found()),
    });
    const { refresh } = element;
    element.refresh = () => {
        element.hidden = rowsOf(view.found()).length === 0;
        refresh();
    };
    return element;
}
