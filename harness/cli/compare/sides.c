#include "compare/sides.h"

#include "base/list.h"
#include "base/mem.h"
#include "base/text.h"
#include "report/compare/comparison_words.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A name that is a file as it stands may have commas. */
static void add_files(struct sides *sides, char *word)
{
    if (access(word, F_OK) == 0) {
        *list_add(sides->files, sides->file_count) = word;
        return;
    }
    for (char *rest = word, *file; (file = strsep(&rest, ",")) != NULL;) {
        if (file[0] != '\0') {
            *list_add(sides->files, sides->file_count) = file;
        }
    }
}

static bool begins_with_file(const char *word, size_t length)
{
    char *file = mem_copy(word, strcspn(word, ",") < length ? strcspn(word, ",") : length);
    bool there = access(file, F_OK) == 0;

    free(file);
    return there;
}

/* Cuts the word where its files end, and returns what is behind the colon there; NULL: it names no service. A name that
 * is a file as it stands may have colons, and so may a service. */
static const char *cut_service(char *word)
{
    if (access(word, F_OK) == 0) {
        return NULL;
    }
    for (char *colon = strchr(word, ':'); colon != NULL; colon = strchr(colon + 1, ':')) {
        if (colon[1] != '\0' && begins_with_file(word, (size_t)(colon - word))) {
            *colon = '\0';
            return colon + 1;
        }
    }
    return NULL;
}

static void split_sides(struct sides *sides, const struct arguments_list *words)
{
    sides->count = words->count;
    sides->words = mem_new(words->count, sizeof(char *));
    sides->services = mem_new(words->count, sizeof *sides->services);
    sides->first = mem_new(words->count + 1, sizeof *sides->first);
    for (size_t i = 0; i < words->count; i++) {
        sides->words[i] = mem_string(words->items[i]);
        sides->services[i] = cut_service(sides->words[i]);
        sides->first[i] = sides->file_count;
        add_files(sides, sides->words[i]);
    }
    sides->first[words->count] = sides->file_count;
}

/* The index in `read` of a file. */
static size_t index_of(const struct sides *sides, const char *file)
{
    size_t i = 0;
    while (i < sides->read_count && strcmp(sides->read[i], file) != 0) {
        i++;
    }
    return i;
}

/* Two services of one run are of one file, which is read once. */
static void list_files(struct sides *sides)
{
    for (size_t i = 0; i < sides->file_count; i++) {
        if (index_of(sides, sides->files[i]) == sides->read_count) {
            *list_add(sides->read, sides->read_count) = sides->files[i];
        }
    }
}

static int check_sides(const struct sides *sides, struct error *err)
{
    for (size_t i = 0; i < sides->count; i++) {
        size_t here = sides->first[i + 1] - sides->first[i], first = sides->first[1];
        if (here == 0 || (here > 1) != (first > 1)) {
            return error_input(
                err,
                "compare: %s has %zu run%s, A has %zu: give one run on each side, or two or more on each, "
                "separated by commas",
                comparison_words_letter(i), here, here == 1 ? "" : "s", first);
        }
        if ((sides->services[i] == NULL) != (sides->services[0] == NULL)) {
            return error_input(err,
                               "compare: %s names a service and %s does not: give one on each side, as in "
                               "RUN.jsonl:main RUN.jsonl:next, or on none",
                               comparison_words_letter(sides->services[i] != NULL ? i : 0),
                               comparison_words_letter(sides->services[i] != NULL ? 0 : i));
        }
    }
    return 0;
}

static int check_service(const struct findings *findings, const char *file, const char *service, struct error *err)
{
    struct text known = {0};

    if (comparison_backend(findings, service) != NULL) {
        return 0;
    }
    for (size_t i = 0; i < findings->backend_count; i++) {
        text_format(&known, "%s%s", i > 0 ? ", " : "", findings->backends[i].record->name);
    }
    error_input(err, "compare: %s has no service \"%s\"; it has: %s", file, service,
                known.length > 0 ? known.data : "none");
    text_release(&known);
    return -1;
}

static int check_services(const struct sides *sides, struct error *err)
{
    for (size_t i = 0; i < sides->count; i++) {
        for (size_t k = sides->first[i]; sides->services[i] != NULL && k < sides->first[i + 1]; k++) {
            if (check_service(sides->findings[k], sides->files[k], sides->services[i], err) != 0) {
                return -1;
            }
        }
    }
    return 0;
}

static void fill_sides(struct sides *sides)
{
    sides->runs = mem_new(sides->count, sizeof *sides->runs);
    sides->findings = mem_new(sides->file_count, sizeof(void *));
    for (size_t i = 0; i < sides->file_count; i++) {
        sides->findings[i] = &sides->opened[index_of(sides, sides->files[i])].findings;
    }
    for (size_t i = 0; i < sides->count; i++) {
        size_t first = sides->first[i];
        sides->runs[i] = (struct compared_run){.file = sides->opened[index_of(sides, sides->files[first])].file,
                                               .findings = sides->findings[first],
                                               .more = sides->findings + first + 1,
                                               .more_count = sides->first[i + 1] - first - 1,
                                               .service = sides->services[i]};
    }
}

int sides_read(struct sides *sides, const struct arguments_list *words, const struct opened_options *options,
               struct error *err)
{
    *sides = (struct sides){0};
    split_sides(sides, words);
    list_files(sides);
    if (check_sides(sides, err) != 0 ||
        opened_read_all(&sides->opened, sides->read, sides->read_count, options, err) != 0) {
        return -1;
    }
    fill_sides(sides);
    return check_services(sides, err);
}

void sides_release(struct sides *sides)
{
    if (sides->opened != NULL) {
        opened_free(sides->opened, sides->read_count);
    }
    for (size_t i = 0; i < sides->count; i++) {
        free(sides->words[i]);
    }
    free(sides->words);
    free(sides->services);
    free(sides->files);
    free(sides->read);
    free(sides->first);
    free(sides->findings);
    free(sides->runs);
}
