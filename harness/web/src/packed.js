// @ts-check
/* What the page holds compressed: gzip, in base64. */

/** @param {string} base64 */
function bytesOf(base64) {
    const binary = atob(base64);
    const bytes = new Uint8Array(binary.length);
    for (let i = 0; i < binary.length; i++) {
        bytes[i] = binary.charCodeAt(i);
    }
    return bytes;
}

/** @param {Uint8Array<ArrayBuffer> | Blob} packed gzip */
export async function inflate(packed) {
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
    return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** @param {string} base64 of gzip */
export function unpack(base64) {
    return inflate(bytesOf(base64));
}

/** @param {string} base64 of gzip of UTF-8 */
export async function unpackText(base64) {
    return new TextDecoder().decode(await unpack(base64));
}
