/* units: reads quantities such as "50ms", "0.1%" and "512MiB", and writes quantities for people. */
#ifndef TWOFOLD_BASE_UNITS_H
#define TWOFOLD_BASE_UNITS_H

#include <stddef.h>
#include <stdint.h>

/* Read a number and its unit. The number can have a decimal point, but no sign; the unit is required and follows
 * without a space. Durations are in ns, us, ms, s, m or h. Shares are in %: "0.1%" gives 0.001. Sizes are in B, in KiB,
 * MiB or GiB (powers of 1024), or in kB, MB or GB (powers of 1000). Return 0, or -1 for anything else. */
int units_read_duration(const char *text, uint64_t *ret_ns);
int units_read_share(const char *text, double *ret_share);
int units_read_size(const char *text, uint64_t *ret_bytes);

/* Read a rate: requests a second, "200" or "0.5", or a count in a time, "1/10s" or "30/m" (a minute). It is *ret_count
 * in *ret_ns nanoseconds, both above 0. Return 0, or -1 for anything else. */
int units_read_rate(const char *text, uint64_t *ret_count, uint64_t *ret_ns);

#define UNITS_TEXT 32 /* long enough for the following texts */

/* With three significant digits: "870 ns", "1.25 ms", "12.3 s". */
void units_write_duration(char text[UNITS_TEXT], uint64_t ns);

/* With three significant digits: "512 B", "81.4 MiB". */
void units_write_size(char text[UNITS_TEXT], uint64_t bytes);

/* "16,000". */
void units_write_count(char text[UNITS_TEXT], uint64_t count);

/* Without decimals from 10 % on, with one from 1 % on and with two below: "97 %", "1.2 %", "0.12 %". */
void units_write_share(char text[UNITS_TEXT], double share);

#endif
