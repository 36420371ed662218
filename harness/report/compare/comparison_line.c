#include "report/compare/comparison_line.h"

#include "report/compare/comparison_words.h"
#include "report/words/figures.h"

#include <stddef.h>

static const struct change *change_of(const struct compared_backend *backend)
{
    return &backend->sides[1].figures[COMPARED_CAPACITY].change;
}

static const char *difference_words(enum difference difference)
{
    static const char *const words[] = {
        [DIFFERENCE_NOT_KNOWN] = "",
        [DIFFERENCE_NOT_SEEN] = "no difference seen",
        [DIFFERENCE_UNPROVEN] = "too few trials to tell a difference",
        [DIFFERENCE_HERE] = "different in these two runs, which may be the machine's doing",
        [DIFFERENCE_SEEN] = "different",
    };
    return words[difference];
}

bool comparison_line_write(struct text *out, const struct comparison *comparison, const char *file)
{
    size_t known = 0;

    for (size_t i = 0; i < comparison->backend_count; i++) {
        const struct compared_backend *backend = &comparison->backends[i];
        const struct change *change = change_of(backend);
        if (change->difference == DIFFERENCE_NOT_KNOWN) {
            continue;
        }
        figures_separate(out, known++, "; ");
        if (comparison->backend_count > 1) {
            text_format(out, "%s: ", backend->name);
        }
        text_add(out, "capacity ");
        comparison_words_ratio(out, change->ratio);
        text_format(out, ", %s", difference_words(change->difference));
    }
    if (known > 0) {
        text_format(out, "%s against %s", known > 1 ? ";" : ",", file);
    }
    return known > 0;
}
