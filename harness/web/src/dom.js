// @ts-check
/* Elements without strings of markup: whatever comes out of a run log is text, and cannot be anything else. */

const SVG = 'http://www.w3.org/2000/svg';

function set(element, attributes) {
    for (const [name, value] of Object.entries(attributes ?? {})) {
        if (name.startsWith('on')) {
            element.addEventListener(name.slice(2), value);
        } else if (value === true) {
            element.setAttribute(name, '');
        } else if (value !== false && value !== null && value !== undefined) {
            element.setAttribute(name, String(value));
        }
    }
}

export function h(tag, attributes, ...children) {
    const element = document.createElement(tag);
    set(element, attributes);
    element.append(
        ...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false),
    );
    return element;
}

export function svg(tag, attributes, ...children) {
    const element = document.createElementNS(SVG, tag);
    set(element, attributes);
    element.append(...children);
    return element;
}
