// @ts-check
/* One colour and one shape a backend, the same wherever it stands. The colours are told apart by the colour-blind and
 * are dark (light, on a dark page) enough for the names written in them: style/base.css has their values. */
const SYMBOLS = ['circle', 'square', 'triangle', 'diamond', 'cross', 'star', 'wye', 'asterisk'];
const COLOURS = 8;

export function paletteOf(names) {
    const ordered = [...names].sort();
    const place = (name) => Math.max(0, ordered.indexOf(name));
    return {
        colour: (name) => `var(--series-${(place(name) % COLOURS) + 1})`,
        symbol: (name) => SYMBOLS[place(name) % SYMBOLS.length],
    };
}
