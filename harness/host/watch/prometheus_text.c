#include "host/watch/prometheus_text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static bool in_name(char character, bool first)
{
    return isalpha((unsigned char)character) || character == '_' || character == ':' ||
           (!first && isdigit((unsigned char)character));
}

static const char *skip_blanks(const char *at)
{
    return at + strspn(at, " \t");
}

static const char *skip_name(const char *at)
{
    const char *start = at;

    while (in_name(*at, at == start)) {
        at++;
    }
    return at;
}

/* Behind the value in quotes at `at`; NULL: it does not end in this line. */
static const char *skip_quoted(const char *at)
{
    for (at++; *at != '"'; at++) {
        if (*at == '\\' && at[1] != '\0') {
            at++;
        }
        if (*at == '\0' || *at == '\n') {
            return NULL;
        }
    }
    return at + 1;
}

/* Behind one `label="value"` at `at`; NULL: there is none. */
static const char *skip_label(const char *at)
{
    const char *end = skip_name(at);

    if (end == at) {
        return NULL;
    }
    end = skip_blanks(end);
    if (*end != '=') {
        return NULL;
    }
    end = skip_blanks(end + 1);
    return *end == '"' ? skip_quoted(end) : NULL;
}

/* Behind the closing brace; NULL: the labels are wrong. `at` is behind the opening one. */
static const char *skip_labels(const char *at)
{
    at = skip_blanks(at);
    while (*at != '}') {
        at = skip_label(at);
        if (at == NULL) {
            return NULL;
        }
        at = skip_blanks(at);
        if (*at == ',') {
            at = skip_blanks(at + 1);
        } else if (*at != '}') {
            return NULL;
        }
    }
    return at + 1;
}

/* A number as strtod reads it ends within the line: no number has a newline. "0x10" and "infinity" are read too, which
 * no client writes. */
static const char *read_number(const char *at, double *ret_value)
{
    char *end;

    if (!(isdigit((unsigned char)*at) || strchr("+-.NnIi", *at) != NULL) || *at == '\0') {
        return NULL;
    }
    *ret_value = strtod(at, &end);
    return end != at ? end : NULL;
}

/* What may follow the number: a moment, an exemplar behind a #, the end of the line. */
static bool ends_well(const char *at)
{
    double moment;
    const char *behind = skip_blanks(at);

    if (behind != at && *behind != '#' && *behind != '\n' && *behind != '\r' && *behind != '\0') {
        at = read_number(behind, &moment);
        if (at == NULL) {
            return false;
        }
        behind = skip_blanks(at);
    }
    return *behind == '\0' || *behind == '\n' || *behind == '\r' || *behind == '#';
}

static bool read_figure(const char *line, struct prometheus_figure *ret_figure)
{
    struct prometheus_figure figure = {.name = line};
    const char *at = skip_name(line);

    figure.name_length = (size_t)(at - line);
    at = skip_blanks(at);
    figure.labels = at;
    if (figure.name_length > 0 && *at == '{') {
        figure.labels = at + 1;
        at = skip_labels(at + 1);
        if (at == NULL) {
            return false;
        }
        figure.labels_length = (size_t)(at - 1 - figure.labels);
        at = skip_blanks(at);
    }
    at = figure.name_length > 0 ? read_number(at, &figure.value) : NULL;
    if (at == NULL || !ends_well(at)) {
        return false;
    }
    *ret_figure = figure;
    return true;
}

enum prometheus_line prometheus_text_next(const char **at, struct prometheus_figure *ret_figure)
{
    for (const char *line = *at; *line != '\0';) {
        const char *end = line + strcspn(line, "\n"), *start = skip_blanks(line);
        bool nothing = *start == '#' || *start == '\n' || *start == '\r' || *start == '\0';
        end += *end == '\n';
        if (!nothing && !read_figure(start, ret_figure)) {
            *at = line;
            return PROMETHEUS_WRONG;
        }
        if (!nothing) {
            *at = end;
            return PROMETHEUS_FIGURE;
        }
        line = end;
    }
    *at += strlen(*at);
    return PROMETHEUS_END;
}

bool prometheus_figure_has(const struct prometheus_figure *figure, const char *label, const char *value)
{
    const char *at = figure->labels, *end = at + figure->labels_length;

    while (at < end) {
        const char *name = skip_blanks(at), *name_end = skip_name(name);
        const char *quote = strchr(name_end, '"'), *behind = quote != NULL ? skip_quoted(quote) : NULL;
        if (behind == NULL || behind > end) {
            return false;
        }
        if ((size_t)(name_end - name) == strlen(label) && strncmp(name, label, strlen(label)) == 0) {
            size_t length = (size_t)(behind - quote) - 2;
            return length == strlen(value) && strncmp(quote + 1, value, length) == 0;
        }
        at = skip_blanks(behind);
        at = *at == ',' ? at + 1 : at;
    }
    return false;
}

bool prometheus_figure_is(const struct prometheus_figure *figure, const char *name)
{
    return figure->name_length == strlen(name) && strncmp(figure->name, name, figure->name_length) == 0;
}
