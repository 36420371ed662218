#include "contract/verify/checks/series.h"

#include "base/mem.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

enum { FORMS = 4, NUMBER_SIZE = 40 };

#define MOST 1e9

static double pick_value(struct random *random, enum series_shape kind, double base, double last)
{
    double unit = random_unit(random);

    switch (kind) {
    case SERIES_EQUAL:
        return base;
    case SERIES_CLOSE:
        return 999999998 + unit;
    case SERIES_TIES:
        return (double)random_below(random, 21);
    case SERIES_SCALES:
        return (random_below(random, 2) ? 1 : -1) * pow(10, 21 * unit - 12);
    case SERIES_ENDS:
        return random_below(random, 2) ? MOST : -MOST;
    case SERIES_RISING:
        return last + unit;
    case SERIES_NEGATIVE:
        return -floor(pow(10, 9 * unit));
    default:
        return MOST * (2 * unit - 1);
    }
}

/* Most forms round; the value is then what the text says. */
static double write_value(char text[NUMBER_SIZE], struct random *random, enum series_shape kind, double value)
{
    bool exact = floor(value) == value || kind == SERIES_EQUAL || kind == SERIES_CLOSE;
    uint64_t form = random_below(random, exact ? 2 : FORMS);

    if (form == 0) {
        snprintf(text, NUMBER_SIZE, "%.17e", value);
    } else if (form == 1) {
        snprintf(text, NUMBER_SIZE, "%.17g", value);
    } else if (form == 2) {
        snprintf(text, NUMBER_SIZE, "%.6f", value);
    } else {
        snprintf(text, NUMBER_SIZE, "%.3E", value);
    }
    return strtod(text, NULL);
}

void series_make(struct series *series, struct random *random, enum series_shape kind, size_t count)
{
    static const char *const separators[] = {",", ",", ",", ", ", " ,\n"};
    char number[NUMBER_SIZE];
    double base = floor(MOST * (2 * random_unit(random) - 1)) / 8;
    double last = base;

    *series = (struct series){.values = mem_new(count, sizeof(double)), .count = count};
    text_add(&series->body, "{\"values\":[");
    for (size_t i = 0; i < count; i++) {
        last = pick_value(random, kind, base, last);
        series->values[i] = write_value(number, random, kind, last);
        text_add(&series->body, i > 0 ? separators[random_below(random, 5)] : "");
        text_add(&series->body, number);
    }
    text_add(&series->body, "]}");
}

void series_release(struct series *series)
{
    free(series->values);
    text_release(&series->body);
    *series = (struct series){0};
}
