/* json_value: the values that JSON is made of here, where null stands for what is not known. */
#ifndef TWOFOLD_REPORT_DATA_JSON_VALUE_H
#define TWOFOLD_REPORT_DATA_JSON_VALUE_H

#include <jansson.h>
#include <stdint.h>

/* Each gives a new reference. */
json_t *json_value_text(const char *string);                /* NULL is null; bytes that are not UTF-8 are replaced */
json_t *json_value_count(uint64_t count);                   /* above 2^63 - 1: a real */
json_t *json_value_known(uint64_t count, uint64_t unknown); /* null when it is `unknown` */
json_t *json_value_number(double number);                   /* without a fraction where it has none; not finite: null */
json_t *json_value_share(double share);                     /* null when it is 0: a limit that is not judged */

#endif
