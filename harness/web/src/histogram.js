// @ts-check
/* Histograms as run logs have them: HdrHistogram's V2 encoding in base64, without its compression
 * (harness/stats/histogram.h). */

const HEADER_BYTES = 40;
const DIGITS_AT = 15; /* the last byte of that number in the header */
const HALF_BITS = { 2: 7, 3: 10 }; /* log2 of half the sub-bucket count, by digits */

/**
 * The highest value that is counted in a bucket.
 * @param {number} bucket
 * @param {number} halfBits
 */
function bucketEnd(bucket, halfBits) {
    const octave = bucket >> halfBits;
    const sub = bucket & ((1 << halfBits) - 1);
    return octave === 0 ? sub : (sub + 2 ** halfBits + 1) * 2 ** (octave - 1) - 1;
}

/**
 * [{end, count}, …] of the buckets with anything in them; `end` is the highest value that is counted there.
 * @param {string} base64
 */
export function decodeCounts(base64) {
    const bytes = atob(base64);
    const halfBits = HALF_BITS[/** @type {2 | 3} */ (bytes.charCodeAt(DIGITS_AT))];
    const counts = [];
    let at = HEADER_BYTES;
    let bucket = 0;
    while (at < bytes.length) {
        let value = 0;
        let factor = 1;
        let byte;
        do {
            byte = bytes.charCodeAt(at++);
            value += (byte & 0x7f) * factor;
            factor *= 128;
        } while (byte >= 0x80);
        if (value % 2 === 1) {
            bucket += (value + 1) / 2; /* so many empty ones */
        } else if (value === 0) {
            bucket++;
        } else {
            counts.push({ end: bucketEnd(bucket++, halfBits), count: value / 2 });
        }
    }
    return counts;
}

/**
 * As harness/stats/histogram.h has it: the smallest value with at least the share `quantile` at or below it, to the end
 * of its bucket, never above the largest; 0 while empty.
 * @param {{end: number, count: number}[]} counts
 * @param {{total: number, max: number}} histogram
 * @param {number} quantile
 */
export function quantileOf(counts, { total, max }, quantile) {
    const wanted = Math.max(1, Math.ceil(quantile * total - 1e-6));
    let seen = 0;
    for (const { end, count } of counts) {
        seen += count;
        if (seen >= wanted) {
            return Math.min(end, max);
        }
    }
    return max;
}
