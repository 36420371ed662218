/* member: compares one top-level member of a JSON object without parsing the rest: the check of response bodies, on the
 * hot path. */
#ifndef TWOFOLD_LOAD_MEMBER_H
#define TWOFOLD_LOAD_MEMBER_H

#include <stdbool.h>
#include <stddef.h>

/* Whether `json` is an object, as far as it has to be read, whose member `name` equals the JSON text `expected`. Equal
 * bytes are equal. Where bytes differ, both are parsed and compared as values: "\u00e9" is "é", and the number 1.0 is 1
 * (inside arrays and objects it is not). The first of several members of that name counts. */
bool member_equals(const char *json, size_t length, const char *name, const char *expected, size_t expected_length);

#endif
