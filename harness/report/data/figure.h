/* figure: lists of figures, from which JSON objects, rows of CSV and the data of the page are made. A line of such a
 * list has the key of a figure, its value, and when it is known and in which documents, so that all documents say the
 * same and a new figure is one more line.
 *
 * A value that is not known, or does not apply, is null: an empty field in CSV. */
#ifndef TWOFOLD_REPORT_DATA_FIGURE_H
#define TWOFOLD_REPORT_DATA_FIGURE_H

#include "base/text.h"
#include "record/tally.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct figure {
    const char *key; /* with the unit in it; NULL ends a list */
    json_t *value;   /* a reference that becomes the object's; NULL: the figure is not in this document */
};

/* Add the figures to the object, in order. */
void figures_add(json_t *object, const struct figure *figures);

/* An object of these figures; a new reference. */
json_t *figures_object(const struct figure *figures);

/* Values; each returns a new reference. */
json_t *figure_text(const char *string);             /* NULL is null; bytes that are not UTF-8 become U+FFFD */
json_t *figure_words(struct text *words);            /* the same, empty is null; releases `words` */
json_t *figure_count(uint64_t count);                /* above 2^63 - 1: a real */
json_t *figure_known(uint64_t count);                /* 0 is null */
json_t *figure_time(uint64_t ns);                    /* NO_TIME is null */
json_t *figure_ms(uint64_t ns);                      /* in milliseconds */
json_t *figure_number(double number);                /* without a fraction where it has none; not finite is null */
json_t *figure_positive(double number);              /* the same; null unless it is above 0 */
json_t *figure_failures(const struct tally *tally);  /* an object: the count of each kind of failure by its name */
json_t *figure_where(bool applies, json_t *value);   /* the value, or null instead of it */
json_t *figure_bool_where(bool applies, bool value); /* the same of a bool */

/* The value where the document takes the figure; NULL where it does not. Steals the reference. */
json_t *figure_in(bool document, json_t *value);

/* How documents are laid out, as flags of jansson. */
#define FIGURES_INDENTED (JSON_INDENT(2) | JSON_REAL_PRECISION(10))
#define FIGURES_COMPACT  (JSON_COMPACT | JSON_REAL_PRECISION(10))

/* Append the object: indented and with a line end behind it, or without spaces and line ends. */
void figures_write(const json_t *object, struct text *out);
void figures_write_compact(const json_t *object, struct text *out);

#endif
