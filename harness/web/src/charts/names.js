// @ts-check
/* Words written into a chart after it is drawn, where its scales say and where nothing else is. */
import { svg } from '../dom.js';

const HEIGHT = 14; /* of a line of words */
const LETTER = 7.4; /* the width of one, near enough */
const SAMPLE = 6; /* pixels between the places of a line that a word should not cover */

export function write(plot, className, words, at, fill) {
    const text = svg('text', { class: className, x: at.x, y: at.y, dy: '0.32em' }, words);
    if (fill !== undefined) {
        text.style.fill = fill;
    }
    plot.append(text);
}

export const widthOf = (words) => LETTER * words.length;

/* Boxes are {x, y, width}: from x on, around y. */
const overlap = (a, b) => Math.abs(a.y - b.y) < HEIGHT && a.x < b.x + b.width + 3 && b.x < a.x + a.width + 3;
const covers = (box, { x, y }) => Math.abs(box.y - y) < HEIGHT / 2 && x > box.x - 2 && x < box.x + box.width + 2;

/* Places along the lines through `points`, [{name, x, y}] in pixels and in the order of the line. */
export function along(points) {
    const last = new Map();
    return points.flatMap((point) => {
        const from = last.get(point.name) ?? point;
        const parts = Math.max(1, Math.ceil(Math.hypot(point.x - from.x, point.y - from.y) / SAMPLE));
        last.set(point.name, point);
        return Array.from({ length: parts }, (_, i) => ({
            name: point.name,
            x: point.x + ((from.x - point.x) * i) / parts,
            y: point.y + ((from.y - point.y) * i) / parts,
        }));
    });
}

/* The first of the places that covers nothing, or the one that covers least; null where words would cover words. */
export function freePlace(places, frame, taken, drawn) {
    let best = null;
    for (const [i, place] of places.entries()) {
        const outside =
            place.x < frame.left ||
            place.x + place.width > frame.right ||
            place.y < frame.top ||
            place.y > frame.bottom;
        if (!outside && !taken.some((other) => overlap(place, other))) {
            const cost = drawn.filter((each) => covers(place, each)).length + i * 0.2;
            best = best === null || cost < best.cost ? { place, cost } : best;
        }
    }
    return best?.place ?? null;
}

/* Beside the end of a line; then a little above or below that; then over or under it. */
function placesAt({ x, y }, width, gap) {
    const beside = [0, -9, 9, -16, 16, -24, 24, -34, 34].map((dy) => ({
        x: x + gap - Math.abs(dy) / 6,
        y: y + dy,
        width,
    }));
    const over = [-16, 17, -26, 27, -38, 40].flatMap((dy) => [
        { x: x - width / 2, y: y + dy, width },
        { x: x - width, y: y + dy, width },
    ]);
    return [...beside, ...over, ...[-50, 50, -64, 64].map((dy) => ({ x: x + gap, y: y + dy, width }))];
}

/* Each series' name at its last point. `points`: [{name, x, y}] in the scales' values; `frame`: where words may stand,
 * in pixels. Returns the room that they take, and the places of the lines. */
export function seriesNames(plot, points, palette, frame, gap = 14) {
    const [x, y] = ['x', 'y'].map((scale) => plot.scale(scale).apply);
    const placed = points
        .map((point) => ({ name: point.name, x: x(point.x), y: y(point.y) }))
        .sort((a, b) => a.x - b.x);
    const drawn = along(placed);
    const ends = new Map(placed.map((point) => [point.name, point]));
    const taken = [];
    for (const end of [...ends.values()].sort((a, b) => b.x - a.x || a.y - b.y)) {
        const width = widthOf(end.name);
        const place = freePlace(placesAt(end, width, gap), frame, taken, drawn) ?? { x: end.x + gap, y: end.y, width };
        write(plot, 'series-name', end.name, place, palette.colour(end.name));
        taken.push(place);
    }
    return { taken, drawn };
}
