/* units: "50ms", "0.1%", "512MiB" into numbers, and numbers into words that a person reads.
 *
 * Reading: a number (decimal point allowed, no sign, no space inside) and a unit that must be there. Durations: ns us
 * ms s m h. Shares: %, giving 0.001 for "0.1%". Sizes: B, KiB MiB GiB (powers of 1024), kB MB GB (powers of 1000).
 * Returns 0, or -1 for anything else; outputs are untouched then. */
#ifndef TWOFOLD_BASE_UNITS_H
#define TWOFOLD_BASE_UNITS_H

#include <stddef.h>
#include <stdint.h>

int units_read_duration(const char *text, uint64_t *ret_ns);
int units_read_share(const char *text, double *ret_share);
int units_read_size(const char *text, uint64_t *ret_bytes);

#define UNITS_TEXT 32 /* enough for every text below */

/* Three significant digits: "870 ns", "1.25 ms", "12.3 s". */
void units_write_duration(char text[UNITS_TEXT], uint64_t ns);

/* "512 B", "81.4 MiB". */
void units_write_size(char text[UNITS_TEXT], uint64_t bytes);

/* "16,000". */
void units_write_count(char text[UNITS_TEXT], uint64_t count);

/* "0.12 %", "97 %". */
void units_write_share(char text[UNITS_TEXT], double share);

#endif
