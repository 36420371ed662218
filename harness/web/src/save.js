// @ts-check
/* A chart as a file of its own, for a document or a pull request. */

/* What the page's style sheets say and a file without them would lack. */
const STYLES = [
    'fill',
    'fill-opacity',
    'font-family',
    'font-size',
    'font-weight',
    'opacity',
    'paint-order',
    'stroke',
    'stroke-dasharray',
    'stroke-linejoin',
    'stroke-opacity',
    'stroke-width',
    'text-anchor',
];

/** @param {SVGSVGElement} picture @returns {string} */
export function standalone(picture) {
    const copy = /** @type {SVGSVGElement} */ (picture.cloneNode(true));
    const originals = picture.querySelectorAll('*');
    copy.querySelectorAll('*').forEach((element, i) => {
        const computed = getComputedStyle(originals[i]);
        const style = STYLES.map((name) => `${name}: ${computed.getPropertyValue(name)}`).join('; ');
        STYLES.forEach((name) => element.removeAttribute(name));
        element.setAttribute('style', style);
    });
    copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
    copy.setAttribute('style', `background: ${getComputedStyle(document.body).backgroundColor}`);
    return new XMLSerializer().serializeToString(copy);
}

/** @param {SVGSVGElement} picture @param {string} title */
export function saveAsSvg(picture, title) {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([standalone(picture)], { type: 'image/svg+xml' }));
    link.download = `${title.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.svg`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
