/* When a rise of memory comes to a limit. Mirrors the end of memory_rise_find in harness/analysis/memory_rise.c; the rise itself
 * depends on no limit, and is the program's. */

/* Seconds from the end of the step; 0: it does not, or there is no limit to come to. */
export function limitAfter(memory, limits) {
    const goesOn = memory.rises && !memory.levels_off;
    return goesOn && limits.memory_bytes > memory.end_bytes
        ? (limits.memory_bytes - memory.end_bytes) / memory.bytes_per_s
        : 0;
}
