#include "load/traffic/draw.h"

#include <math.h>
#include <string.h>

/* The integral of x^-s, and its inverse; expm1/log1p keep them exact where s is near 1. */
static double integral(const struct zipf *zipf, double x)
{
    double log_x = log(x);
    double t = (1 - zipf->exponent) * log_x;

    if (fabs(t) > 1e-8) {
        return log_x * expm1(t) / t;
    }
    return log_x * (1 + t / 2);
}

static double inverse(const struct zipf *zipf, double x)
{
    double t = x * (1 - zipf->exponent);

    if (t < -1) {
        t = -1;
    }
    if (fabs(t) > 1e-8) {
        return exp(x * log1p(t) / t);
    }
    return exp(x * (1 - t / 2));
}

static double weight(const struct zipf *zipf, double x)
{
    return exp(-zipf->exponent * log(x));
}

void zipf_init(struct zipf *zipf, uint64_t count, double exponent)
{
    *zipf = (struct zipf){.exponent = exponent, .count = count};
    zipf->h_first = integral(zipf, 1.5) - 1;
    zipf->h_last = integral(zipf, (double)count + 0.5);
    zipf->cut = 2 - inverse(zipf, integral(zipf, 2.5) - weight(zipf, 2));
}

uint64_t zipf_draw(const struct zipf *zipf, struct random *random)
{
    for (;;) {
        double u = zipf->h_last + random_unit(random) * (zipf->h_first - zipf->h_last);
        double x = inverse(zipf, u);
        double k = floor(x + 0.5);
        if (k < 1) {
            k = 1;
        } else if (k > (double)zipf->count) {
            k = (double)zipf->count;
        }
        if (k - x <= zipf->cut || u >= integral(zipf, k + 0.5) - weight(zipf, k)) {
            return (uint64_t)k;
        }
    }
}

void draw_integer(int64_t number, struct text *out)
{
    char digits[24];
    char *at = digits + sizeof digits;
    uint64_t left = number < 0 ? -(uint64_t)number : (uint64_t)number;

    do {
        *--at = (char)('0' + left % 10);
        left /= 10;
    } while (left > 0);
    if (number < 0) {
        *--at = '-';
    }
    text_append(out, at, (size_t)(digits + sizeof digits - at));
}

/* The stream of the seed that lists are drawn from, apart from all others. */
#define LIST_STREAM (UINT64_C(3) << 32)

/* The numbers are drawn once a step, before it begins: a list for each request is one of their rotations, which costs
 * no more than copying it. */
static void make_list(struct draw *draw, uint64_t seed)
{
    const struct value *value = draw->value;
    uint64_t count = value->length;
    uint64_t span = (uint64_t)(value->high - value->low) + 1;
    struct random random;

    if (count == 0) {
        count = (draw->level > 0 ? (uint64_t)draw->level : 1) * (value->each > 0 ? value->each : 1);
    }
    random_init(&random, seed, LIST_STREAM);
    for (uint64_t i = 0; i < count; i++) {
        draw_integer(value->low + (int64_t)random_below(&random, span), &draw->list);
        text_append(&draw->list, ",", 1);
    }
}

/* From behind some comma round to it; the last comma becomes the bracket. */
static void draw_numbers(const struct draw *draw, struct random *random, struct text *out)
{
    const struct text *list = &draw->list;
    size_t cut = random_below(random, list->length);
    const char *comma = memchr(list->data + cut, ',', list->length - cut);
    size_t start = (size_t)(comma - list->data) + 1;

    text_append(out, "[", 1);
    text_append(out, list->data + start, list->length - start);
    text_append(out, list->data, start);
    out->data[out->length - 1] = ']';
}

void draw_init(struct draw *draw, const struct value *value, const struct planned_step *step)
{
    int64_t high = value->to_level ? (int64_t)step->level : value->high;

    *draw = (struct draw){.value = value, .level = (int64_t)step->level, .span = (uint64_t)(high - value->low) + 1};
    if (value->type == VALUE_NUMBERS) {
        make_list(draw, step->seed);
    }
    if (value->type == VALUE_ZIPF) {
        zipf_init(&draw->zipf, draw->span, value->exponent);
    }
}

void draw_release(struct draw *draw)
{
    text_release(&draw->list);
}

static void draw_words(unsigned words, struct random *random, struct text *out)
{
    for (unsigned i = 0; i < words; i++) {
        char word[12];
        uint64_t bits = random_next(random);
        size_t length = 3 + (bits & 7);
        for (size_t j = 0; j < length; j++) {
            bits >>= 8;
            if (j % 8 == 0) {
                bits = random_next(random);
            }
            word[j] = (char)('a' + (bits & 0xff) % 26);
        }
        if (i > 0) {
            text_append(out, " ", 1);
        }
        text_append(out, word, length);
    }
}

void draw_next(struct draw *draw, struct random *random, struct text *out)
{
    const struct value *value = draw->value;

    switch (value->type) {
    case VALUE_UNIFORM:
        draw_integer(value->low + (int64_t)random_below(random, draw->span), out);
        break;
    case VALUE_ZIPF:
        draw_integer(value->low + (int64_t)zipf_draw(&draw->zipf, random) - 1, out);
        break;
    case VALUE_SEQUENCE:
        draw_integer(value->low + (int64_t)(draw->next % draw->span), out);
        draw->next++;
        break;
    case VALUE_WORDS:
        draw_words(value->words, random, out);
        break;
    case VALUE_LINES:
        text_add(out, value->lines[random_below(random, value->line_count)]);
        break;
    case VALUE_NUMBERS:
        draw_numbers(draw, random, out);
        break;
    case VALUE_LEVEL:
        draw_integer(draw->level, out);
        break;
    case VALUE_CSV: /* the composer's, since they are not drawn one by one */
    case VALUE_ENV:
    case VALUE_CAPTURED:
        break;
    }
}
