#include "base/core_set.h"

#include "base/text.h"

#include <stdlib.h>

#define WORDS (CORE_SET_MOST / CORE_SET_WORD)

void core_set_add(struct core_set *set, unsigned core)
{
    if (core < CORE_SET_MOST) {
        set->words[core / CORE_SET_WORD] |= 1UL << (core % CORE_SET_WORD);
    }
}

bool core_set_has(const struct core_set *set, unsigned core)
{
    return core < CORE_SET_MOST && (set->words[core / CORE_SET_WORD] >> (core % CORE_SET_WORD) & 1) != 0;
}

unsigned core_set_count(const struct core_set *set)
{
    unsigned count = 0;
    for (size_t i = 0; i < WORDS; i++) {
        count += (unsigned)__builtin_popcountl(set->words[i]);
    }
    return count;
}

unsigned core_set_next(const struct core_set *set, unsigned from)
{
    while (from < CORE_SET_MOST && !core_set_has(set, from)) {
        from++;
    }
    return from < CORE_SET_MOST ? from : CORE_SET_MOST;
}

void core_set_keep(struct core_set *set, const struct core_set *other)
{
    for (size_t i = 0; i < WORDS; i++) {
        set->words[i] &= other->words[i];
    }
}

void core_set_join(struct core_set *set, const struct core_set *other)
{
    for (size_t i = 0; i < WORDS; i++) {
        set->words[i] |= other->words[i];
    }
}

void core_set_remove(struct core_set *set, const struct core_set *other)
{
    for (size_t i = 0; i < WORDS; i++) {
        set->words[i] &= ~other->words[i];
    }
}

/* strtoul alone would also take signs and spaces. */
static int read_core(const char **at, unsigned *ret_core)
{
    char *end;
    if (**at < '0' || **at > '9') {
        return -1;
    }
    unsigned long core = strtoul(*at, &end, 10);
    if (core >= CORE_SET_MOST) {
        return -1;
    }
    *at = end;
    *ret_core = (unsigned)core;
    return 0;
}

static int read_range(const char **at, struct core_set *set)
{
    unsigned first, last;

    if (read_core(at, &first) != 0) {
        return -1;
    }
    last = first;
    if (**at == '-') {
        ++*at;
        if (read_core(at, &last) != 0 || last < first) {
            return -1;
        }
    }
    for (unsigned core = first; core <= last; core++) {
        core_set_add(set, core);
    }
    return 0;
}

int core_set_read(struct core_set *ret_set, const char *text, struct error *err)
{
    struct core_set set = {{0}};
    const char *at = text;

    do {
        if (read_range(&at, &set) != 0) {
            return error_input(err, "\"%.100s\" is not a set of cores such as \"0\" or \"1-3,5\"", text);
        }
    } while (*at++ == ',');
    if (at[-1] != '\0') {
        return error_input(err, "\"%.100s\" is not a set of cores such as \"0\" or \"1-3,5\"", text);
    }
    *ret_set = set;
    return 0;
}

char *core_set_text(const struct core_set *set)
{
    struct text text = {0};
    unsigned first = core_set_next(set, 0);

    while (first < CORE_SET_MOST) {
        unsigned last = first;
        while (core_set_has(set, last + 1)) {
            last++;
        }
        text_format(&text, "%s%u", text.length > 0 ? "," : "", first);
        if (last > first) {
            text_format(&text, "-%u", last);
        }
        first = core_set_next(set, last + 1);
    }
    return text_take(&text);
}
