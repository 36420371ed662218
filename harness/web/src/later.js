// @ts-check
/* Drawing that can wait: what is on the screen is drawn at once, everything else a piece at a time after it, so that a
 * page opens, and follows a limit that is being moved, without being held up by what nobody sees. */
const waiting = new Map(); /* element: how to draw it */
let running = false;

function onScreen(element) {
    const { top, bottom, width } = element.getBoundingClientRect();
    return width > 0 && bottom > -200 && top < innerHeight + 200;
}

function mark() {
    document.body.toggleAttribute('data-drawing', waiting.size > 0);
}

function next() {
    const [first] = [...waiting.keys()].filter(onScreen).concat([...waiting.keys()]);
    const draw = waiting.get(first);
    waiting.delete(first);
    draw?.();
    mark();
    running = waiting.size > 0;
    if (running) {
        setTimeout(next);
    }
}

export function drawSoon(element, draw) {
    if (onScreen(element)) {
        waiting.delete(element);
        draw();
    } else {
        waiting.set(element, draw);
    }
    mark();
    if (!running && waiting.size > 0) {
        running = true;
        setTimeout(next);
    }
}

addEventListener('beforeprint', () => {
    for (const [element, draw] of waiting) {
        waiting.delete(element);
        draw();
    }
    mark();
});
