/* prometheus_text: the text format in which Prometheus clients show their metrics (version 0.0.4, and OpenMetrics as
 * far as it is the same): a line for each figure, `name{label="value",…} number [moment]`, and comments that begin with
 * #. Pure: text in, figures out. Source: prometheus.io, "Exposition formats". */
#ifndef TWOFOLD_HOST_WATCH_PROMETHEUS_TEXT_H
#define TWOFOLD_HOST_WATCH_PROMETHEUS_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* One figure. The texts are borrowed, and not NUL-terminated. */
struct prometheus_figure {
    const char *name;
    size_t name_length;
    const char *labels; /* between the braces; of length 0: none */
    size_t labels_length;
    double value; /* may be NAN or infinite */
};

enum prometheus_line { PROMETHEUS_FIGURE, PROMETHEUS_END, PROMETHEUS_WRONG };

/* Reads from *at to the end of the next line that has a figure, and moves *at behind it. PROMETHEUS_WRONG: the line at
 * *at, which stays there, is neither a figure nor a comment nor empty. */
enum prometheus_line prometheus_text_next(const char **at, struct prometheus_figure *ret_figure);

/* Whether the figure has that label with that value. A value with a backslash in it is never equal. */
bool prometheus_figure_has(const struct prometheus_figure *figure, const char *label, const char *value);

/* Whether its name is that. */
bool prometheus_figure_is(const struct prometheus_figure *figure, const char *name);

#endif
