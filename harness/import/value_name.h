/* value_name: names of values, as scenarios allow them: a-z, 0-9 and "_", not beginning with a digit, and none that
 * double.what gives another meaning. */
#ifndef TWOFOLD_IMPORT_VALUE_NAME_H
#define TWOFOLD_IMPORT_VALUE_NAME_H

#include <stddef.h>

#define VALUE_NAME_MOST 40

/* The name nearest to `text`: "X-Api-Key" gives "x_api_key", and "petId" "pet_id". On the heap. */
char *value_name_of(const char *text, size_t length);

/* The name of the id that follows this part of a path: "users" gives "user_id", and NULL "id". On the heap. */
char *value_name_of_id(const char *part, size_t length);

/* The environment variable that a secret of this value name is taken from: "x_api_key" gives "X_API_KEY". On the
 * heap. */
char *value_name_in_environment(const char *name);

#endif
