#include "said.h"

#include <stdio.h>
#include <string.h>

const char *said_name(const struct findings *findings, size_t number)
{
    return findings->backends[number].record->name;
}

/* The services that are named between two places of a text, as words of their own. */
static service_set named(const struct findings *findings, const char *from, const char *to)
{
    service_set found = 0;

    for (size_t i = 0; i < findings->backend_count; i++) {
        size_t length = strlen(said_name(findings, i));
        for (const char *at = from; (at = strstr(at, said_name(findings, i))) != NULL && at + length <= to; at++) {
            bool begins = at == from || strchr(" ", at[-1]) != NULL;
            bool ends = at + length == to || strchr(" ,.;", at[length]) != NULL;
            found |= begins && ends ? 1u << i : 0;
        }
    }
    return found;
}

/* The services named before `words` back to the last of the marks, or to the start. 0: the words are not there. */
static service_set named_before(const struct findings *findings, const char *text, const char *words)
{
    const char *end = strstr(text, words), *from = text;

    if (end == NULL) {
        return 0;
    }
    for (const char *at = text; at < end; at++) {
        if (at[0] == ';' || (at[0] == '.' && at[1] == ' ')) {
            from = at + 2;
        }
    }
    return named(findings, from, end);
}

static service_set named_after(const struct findings *findings, const char *text, const char *words)
{
    const char *from = strstr(text, words);
    if (from == NULL) {
        return 0;
    }
    from += strlen(words);
    return named(findings, from, from + strcspn(from, "."));
}

void said_read(const struct findings *findings, const char *text, struct said *ret_said)
{
    struct said said = {0};
    char words[80];

    said.first = named_before(findings, text, " breaks first") | named_before(findings, text, " break first") |
                 named_before(findings, text, " break alike");
    said.longest = named_before(findings, text, " has the highest capacity:") |
                   named_before(findings, text, " have the highest capacity:");
    said.open_low = named_after(findings, text, " Whether ");
    said.open = named_after(findings, text, " How far ");
    for (size_t i = 0; i < findings->backend_count; i++) {
        snprintf(words, sizeof words, " %s is not told apart from ", said_name(findings, i));
        said.alike[i] = named_after(findings, text, words);
        strncat(words, "any other", sizeof words - strlen(words) - 1);
        if (strstr(text, words) != NULL) {
            said.alike[i] = ~0u;
        }
    }
    *ret_said = said;
}

bool said_has(service_set some, size_t number)
{
    return (some >> number & 1) != 0;
}
