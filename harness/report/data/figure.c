#include "report/data/figure.h"

#include "base/utf8.h"
#include "stats/percentile.h"

#include <math.h>

void figures_add(json_t *object, const struct figure *figures)
{
    for (; figures->key != NULL; figures++) {
        if (figures->value != NULL) {
            json_object_set_new(object, figures->key, figures->value);
        }
    }
}

json_t *figures_object(const struct figure *figures)
{
    json_t *object = json_object();
    figures_add(object, figures);
    return object;
}

json_t *figure_text(const char *string)
{
    struct text repaired = {0};

    if (string == NULL) {
        return json_null();
    }
    utf8_repair(&repaired, string);
    json_t *value = json_stringn(repaired.data != NULL ? repaired.data : "", repaired.length);
    text_release(&repaired);
    return value;
}

json_t *figure_words(struct text *words)
{
    json_t *value = figure_text(words->length > 0 ? words->data : NULL);
    text_release(words);
    return value;
}

json_t *figure_count(uint64_t count)
{
    return count <= INT64_MAX ? json_integer((json_int_t)count) : json_real((double)count);
}

json_t *figure_known(uint64_t count)
{
    return figure_where(count != 0, figure_count(count));
}

json_t *figure_time(uint64_t ns)
{
    return figure_where(ns != NO_TIME, figure_count(ns));
}

json_t *figure_ms(uint64_t ns)
{
    return figure_number((double)ns / 1e6);
}

json_t *figure_number(double number)
{
    if (!isfinite(number)) {
        return json_null();
    }
    return number == floor(number) && fabs(number) < 0x1p53 ? json_integer((json_int_t)number) : json_real(number);
}

json_t *figure_positive(double number)
{
    return figure_where(number > 0, figure_number(number));
}

json_t *figure_failures(const struct tally *tally)
{
    json_t *object = json_object();
    for (int i = 0; i < FAILURE_COUNT; i++) {
        json_object_set_new(object, failure_name((enum failure)i), figure_count(tally->failures[i]));
    }
    return object;
}

json_t *figure_where(bool applies, json_t *value)
{
    if (applies) {
        return value;
    }
    json_decref(value);
    return json_null();
}

json_t *figure_bool_where(bool applies, bool value)
{
    return figure_where(applies, json_boolean(value));
}

json_t *figure_in(bool document, json_t *value)
{
    if (document) {
        return value;
    }
    json_decref(value);
    return NULL;
}

static int append(const char *buffer, size_t size, void *out)
{
    text_append(out, buffer, size);
    return 0;
}

void figures_write(const json_t *object, struct text *out)
{
    json_dump_callback(object, append, out, FIGURES_INDENTED);
    text_add(out, "\n");
}

void figures_write_compact(const json_t *object, struct text *out)
{
    json_dump_callback(object, append, out, FIGURES_COMPACT);
}
