/* Words written into a chart after it is drawn, where its scales say. */
import { svg } from '../dom.js';
import { apart } from './axes.js';

export function write(plot, className, words, at, fill) {
    const text = svg('text', { class: className, x: at.x, y: at.y, dy: '0.32em' }, words);
    if (fill !== undefined) {
        text.style.fill = fill;
    }
    plot.append(text);
}

/* Each series' name beside its last point, moved apart where they meet. `points`: [{name, x, y}] in the scales' values.
 * Returns the room that they take. */
export function seriesNames(plot, points, palette, bottom, gap = 14) {
    const last = new Map();
    for (const point of points) {
        if (!last.has(point.name) || last.get(point.name).x < point.x) {
            last.set(point.name, point);
        }
    }
    const ends = [...last.values()].map(({ name, x, y }) => ({
        name, x: plot.scale('x').apply(x) + gap, y: plot.scale('y').apply(y),
    }));
    const placed = apart(ends, bottom);
    placed.forEach((end) => write(plot, 'series-name', end.name, end, palette.colour(end.name)));
    return placed.map(({ name, x, y }) => ({ x, y, width: 8 * name.length }));
}
