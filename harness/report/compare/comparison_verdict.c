#include "report/compare/comparison_verdict.h"

#include "report/compare/comparison_words.h"

static const struct change *change_of(const struct compared_backend *backend, size_t run)
{
    return &backend->sides[run].figures[COMPARED_CAPACITY].change;
}

const char *comparison_verdict_name(const struct compared_backend *backend, size_t run)
{
    const struct change *change = change_of(backend, run);

    switch (change->difference) {
    case DIFFERENCE_SEEN:
        return change->ratio > 1 ? "better" : "worse";
    case DIFFERENCE_NOT_SEEN:
        return "no difference seen";
    case DIFFERENCE_HERE:
    case DIFFERENCE_UNPROVEN:
        return "not sure";
    case DIFFERENCE_NOT_KNOWN:
        break;
    }
    return "not known";
}

/* What is compared: a service in two runs, or two services of one. */
static void add_subject(struct text *out, const struct comparison *comparison, const struct compared_backend *backend,
                        size_t run)
{
    const char *letter = comparison_words_letter(run);

    if (comparison->name != NULL) {
        text_format(out, "%s (%s) against %s (A): ", comparison->runs[run].service, letter,
                    comparison->runs[0].service);
    } else {
        text_format(out, "%s in %s against A: ", backend->name, letter);
    }
}

void comparison_verdict_write(struct text *out, const struct comparison *comparison,
                              const struct compared_backend *backend, size_t run)
{
    const struct change *change = change_of(backend, run);
    struct text words = {0};

    comparison_words_change(&words, change);
    add_subject(out, comparison, backend, run);
    switch (change->difference) {
    case DIFFERENCE_SEEN:
        text_format(out, "%s, capacity %s.", comparison_verdict_name(backend, run), words.data);
        break;
    case DIFFERENCE_NOT_SEEN:
        text_format(out, "no difference seen, capacity %s.", words.data);
        break;
    case DIFFERENCE_HERE:
        text_format(out, "not sure: capacity %s, and whether other runs would differ as much is not known.",
                    words.data);
        break;
    case DIFFERENCE_UNPROVEN:
        text_format(out, "not sure: capacity %s, from too few trials for a claim.", words.data);
        break;
    case DIFFERENCE_NOT_KNOWN:
        text_add(out, "not known: not both have a capacity.");
        break;
    }
    text_release(&words);
}
